/**
 * Traces in Postgres: tasks and their steps, written once and read back as values.
 * Touches traces and loops, Hibernate ORM Panache and JDBC; knows nothing of Kafka or HTTP.
 */
@NullMarked
package dev.cermin.store;

import org.jspecify.annotations.NullMarked;
