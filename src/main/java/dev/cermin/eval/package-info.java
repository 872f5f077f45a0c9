/**
 * Evaluations: the items of a suite, what an agent's answers to them scored, and the run that asks them.
 * Touches the library's door, agents, loops, policies, traces and JSON; no suite and no report.
 */
@NullMarked
package dev.cermin.eval;

import org.jspecify.annotations.NullMarked;
