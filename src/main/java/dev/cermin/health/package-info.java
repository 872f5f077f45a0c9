/**
 * What {@code /q/health} says of a service: live, ready, started, by its roles. Touches the roles, and whether Kafka and
 * Postgres can be reached.
 */
@NullMarked
package dev.cermin.health;

import org.jspecify.annotations.NullMarked;
