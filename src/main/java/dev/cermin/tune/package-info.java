/**
 * Samples to tune a model on, and what a student's own scores say of them (Selective Reflection-Tuning, arXiv 2402.10110).
 * Touches only {@code json}; engines that score live with their models.
 */
@NullMarked
package dev.cermin.tune;

import org.jspecify.annotations.NullMarked;
