/**
 * What a loop costs beside other frameworks: time and bytes of one and the same work, and the first loop of a cold JVM.
 * Built in the profile jmh alone; {@code ./cermin jmh} runs it.
 */
@NullMarked
package dev.cermin.jmh;

import org.jspecify.annotations.NullMarked;
