/**
 * Outcomes told to a receiver by HTTP: which addresses may be called, how a call is signed, what its answer means.
 * Touches nothing of Cermin's; knows nothing of Kafka.
 */
@NullMarked
package dev.cermin.flow.webhook;

import org.jspecify.annotations.NullMarked;
