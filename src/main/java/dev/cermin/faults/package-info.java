/**
 * The fault run: tasks over services that are killed, paused and cut off meanwhile, and what must hold of them after.
 * Touches the cluster, the flow's messages, Kafka and JDBC; nothing touches it but the command line.
 */
@NullMarked
package dev.cermin.faults;

import org.jspecify.annotations.NullMarked;
