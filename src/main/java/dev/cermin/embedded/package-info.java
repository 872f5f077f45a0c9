/**
 * A real Postgres and a real single-node Kafka for one machine, in one child JVM that dies with its parent.
 * May touch the JDK, the zonky Postgres binaries, Kafka, and Cermin's JSON; no Quarkus.
 */
package dev.cermin.embedded;
