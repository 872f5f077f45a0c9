/**
 * The benchmarks: how each is read from its files, asked, and scored. {@link dev.cermin.eval.suite.Suites} is the door.
 * Touches evaluations, verifiers, agents (for faults in files), names, JSON and CSV; what a suite needs more, such as a
 * sandbox, its verifiers bring.
 */
@NullMarked
package dev.cermin.eval.suite;

import org.jspecify.annotations.NullMarked;
