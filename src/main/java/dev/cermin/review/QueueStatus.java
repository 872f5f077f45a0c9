package dev.cermin.review;

/**
 * A queue and what is in it.
 *
 * @param waiting how many tasks, those included that are taken
 * @param taken how many a reviewer has now
 */
public record QueueStatus(String name, long waiting, long taken) {}
