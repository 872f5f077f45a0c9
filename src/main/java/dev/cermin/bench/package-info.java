/**
 * The load run: loops over Kafka and Postgres with a model that takes no time, beside the raw limits of both. Loops on an
 * engine, beside the engine alone. Touches the flow's and the store's front ends, Kafka, JDBC and llama-server; nothing
 * touches it but the command line.
 */
@NullMarked
package dev.cermin.bench;

import org.jspecify.annotations.NullMarked;
