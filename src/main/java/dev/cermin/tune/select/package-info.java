/**
 * Selective Reflection-Tuning (arXiv 2402.10110): a teacher's reflections, and a student's scores that decide on them.
 * Touches tuning's records, sources and scores, agents, traces, what carries tasks, and why models fail; no model's engine,
 * no store.
 */
@NullMarked
package dev.cermin.tune.select;

import org.jspecify.annotations.NullMarked;
