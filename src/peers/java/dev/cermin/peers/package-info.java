/**
 * Cermin beside others that carry loops durably, and beside other ways in which it could: each in a JVM of its own, on
 * the same Kafka and the same Postgres. In no build but the profile {@code peers}; nothing touches it.
 */
@NullMarked
package dev.cermin.peers;

import org.jspecify.annotations.NullMarked;
