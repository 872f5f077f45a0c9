/**
 * What people say about traces: labels, comments, assignments, each a chained step, and the queues of what waits for them.
 * Touches the store, traces, metrics and the configuration; knows nothing of HTTP or Kafka.
 */
@NullMarked
package dev.cermin.review;

import org.jspecify.annotations.NullMarked;
