/**
 * Loops carried over Kafka: the messages, the lanes and their workers, the recorder's and the followers' ends.
 * Touches loops, traces, the step runner, the store and Kafka; knows nothing of HTTP.
 */
@NullMarked
package dev.cermin.flow;

import org.jspecify.annotations.NullMarked;
