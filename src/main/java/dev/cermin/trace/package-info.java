/**
 * The trace as a value: steps, the hash chain over them, and the way back from steps to the loop's state.
 * Touches loops, agents and executions, redaction, and JSON; no store, no messages.
 */
@NullMarked
package dev.cermin.trace;

import org.jspecify.annotations.NullMarked;
