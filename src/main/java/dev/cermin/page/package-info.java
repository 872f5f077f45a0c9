/**
 * The pages that people read traces on, written by the server: lists, a trace, what runs, statistics, reviews.
 * Touches search, integrity and the store's front ends, and Qute; knows nothing of Kafka or SQL.
 */
@NullMarked
package dev.cermin.page;

import org.jspecify.annotations.NullMarked;
