/**
 * The bad-input run: messages and requests that are mutated or random, and what must hold of them after. Touches the
 * cluster, the flow's messages, Kafka, JDBC and JSON trees; nothing touches it but the command line.
 */
@NullMarked
package dev.cermin.inputs;

import org.jspecify.annotations.NullMarked;
