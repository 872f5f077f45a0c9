package dev.cermin.search;

/**
 * A piece of a text that was searched.
 *
 * @param text as it is stored
 * @param hit whether it is what was searched for
 */
public record Piece(String text, boolean hit) {}
