/**
 * Where samples come from: files of instruction data and stored traces, filtered, without duplicates, what is broken set aside.
 * Touches tuning's records, traces, loops, JSON; no store, no model.
 */
@NullMarked
package dev.cermin.tune.source;

import org.jspecify.annotations.NullMarked;
