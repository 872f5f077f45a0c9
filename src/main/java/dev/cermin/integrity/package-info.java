/**
 * Whether stored traces are as they were recorded: the log of their heads in Postgres, its signed checkpoints, and erasure.
 * Touches the log's format, traces and the store; knows nothing of Kafka or HTTP.
 */
@NullMarked
package dev.cermin.integrity;

import org.jspecify.annotations.NullMarked;
