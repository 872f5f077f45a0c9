/**
 * The load run: loops over Kafka and Postgres with a model that takes no time, beside the raw limits of both.
 * Touches the flow's and the store's front ends, Kafka and JDBC; nothing touches it but the command line.
 */
@NullMarked
package dev.cermin.bench;

import org.jspecify.annotations.NullMarked;
