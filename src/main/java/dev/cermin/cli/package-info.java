/**
 * The command line: starts what a command needs, runs it, and says what happened.
 * Touches everything; nothing touches it.
 */
@NullMarked
package dev.cermin.cli;

import org.jspecify.annotations.NullMarked;
