/**
 * What operators see of the services: the table of their metrics, spans, the fields of log lines. Touches Micrometer,
 * OpenTelemetry and the log; knows loops and traces, nothing of Kafka and HTTP.
 */
@NullMarked
package dev.cermin.observe;

import org.jspecify.annotations.NullMarked;
