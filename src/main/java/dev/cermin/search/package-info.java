/**
 * Stored traces searched: filters, full text, pages, figures over many tasks.
 * Touches stores' tables by SQL in the caller's database session; knows nothing of Kafka or HTTP.
 */
@NullMarked
package dev.cermin.search;

import org.jspecify.annotations.NullMarked;
