/**
 * The benchmarks: how each is read from its files, asked, and scored.
 * Touches evaluations, verifiers, agents and JSON; what a suite needs more, such as a sandbox, its verifiers bring.
 */
@NullMarked
package dev.cermin.eval.suite;

import org.jspecify.annotations.NullMarked;
