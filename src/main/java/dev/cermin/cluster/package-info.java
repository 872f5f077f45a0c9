/**
 * The packaged application as separate processes, one a role, over a Kafka and a Postgres of their own, each of which
 * can be killed, paused and cut off. For load and fault runs. Touches the embedded stores, Kafka and JDBC.
 */
@NullMarked
package dev.cermin.cluster;

import org.jspecify.annotations.NullMarked;
