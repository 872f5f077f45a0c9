/**
 * Samples to tune a model on, and what a student's own scores say of them (Selective Reflection-Tuning, arXiv 2402.10110).
 * Touches nothing else; what scores, selects, reads and writes has rooms below it.
 */
@NullMarked
package dev.cermin.tune;

import org.jspecify.annotations.NullMarked;
