/**
 * Stored traces for others: as JSON Lines, as OpenTelemetry's spans and events, as a JUnit test.
 * Touches traces and what telemetry calls them; where traces come from, and where this goes, is the caller's affair.
 */
@NullMarked
package dev.cermin.export;

import org.jspecify.annotations.NullMarked;
