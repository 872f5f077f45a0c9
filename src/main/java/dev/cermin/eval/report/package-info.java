/**
 * What the results of an evaluation say: figures with their uncertainty, as a table, a page and JSON.
 * Touches evaluations and JSON; for statistics Commons Statistics, for the page Qute, for tables ascii-table.
 */
@NullMarked
package dev.cermin.eval.report;

import org.jspecify.annotations.NullMarked;
