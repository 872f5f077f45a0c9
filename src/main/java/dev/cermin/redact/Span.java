package dev.cermin.redact;

/**
 * A part of a text that is to go.
 *
 * @param name of the rule that found it
 */
record Span(int start, int end, String name) {}
