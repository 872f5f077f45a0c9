/**
 * Which task begins next, and how many may be under way: values and rules, without any clock or I/O of their own.
 * Touches the JDK only.
 */
@NullMarked
package dev.cermin.flow.admission;

import org.jspecify.annotations.NullMarked;
