/**
 * Claim check: states too large for a message are kept in Postgres, and the message has their id.
 * Touches the store; knows nothing of Kafka.
 */
@NullMarked
package dev.cermin.flow.claim;

import org.jspecify.annotations.NullMarked;
