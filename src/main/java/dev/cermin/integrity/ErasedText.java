package dev.cermin.integrity;

import java.time.Instant;

/**
 * A text of a step that is no longer there, and why.
 *
 * @param step the step's number
 * @param name the text's: prompt, response, thinking, output, findings
 * @param hash SHA-256 of what it was, hex
 * @param at when it was erased
 * @param by who did it
 * @param reason as given
 */
public record ErasedText(int step, String name, String hash, Instant at, String by, String reason) {}
