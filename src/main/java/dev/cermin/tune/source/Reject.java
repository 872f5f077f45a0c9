package dev.cermin.tune.source;

/**
 * What was broken and set aside.
 *
 * @param file its name, without folders
 * @param line from 1; 0 where the whole file is meant
 * @param reason what is wrong, and what was expected
 * @param text as it stood there, so that it can be mended and given again; empty where a whole file is meant
 */
public record Reject(String file, int line, String reason, String text) {}
