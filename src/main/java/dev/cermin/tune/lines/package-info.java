/**
 * How selected samples and corrections stand in files: JSON Lines, one record a line.
 * Touches tuning's records and JSON.
 */
@NullMarked
package dev.cermin.tune.lines;

import org.jspecify.annotations.NullMarked;
