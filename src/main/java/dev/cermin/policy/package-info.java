/**
 * When a loop goes on and when it stops: plain settings, and the arithmetic on them.
 * Touches the JDK only.
 */
@NullMarked
package dev.cermin.policy;

import org.jspecify.annotations.NullMarked;
