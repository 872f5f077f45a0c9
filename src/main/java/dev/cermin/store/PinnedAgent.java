package dev.cermin.store;

/**
 * A definition that tasks are pinned to.
 *
 * @param hash SHA-256 of the content, hex
 * @param name the agent's
 * @param version the agent's
 * @param content the whole definition as JSON
 */
public record PinnedAgent(String hash, String name, String version, String content) {}
