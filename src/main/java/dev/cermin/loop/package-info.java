/**
 * The loop as a value: an immutable state, what it wants done next, and what becomes of it with a result.
 * Touches policies, checks and critiques; no clock, no randomness, no input or output.
 */
@NullMarked
package dev.cermin.loop;

import org.jspecify.annotations.NullMarked;
