/**
 * Runs loops in process: one handler that carries out any action, and a runner that goes on until the loop stops.
 * Touches loops, agents, models, verifiers and critiques; knows nothing of Kafka or Postgres.
 */
@NullMarked
package dev.cermin.run;

import org.jspecify.annotations.NullMarked;
