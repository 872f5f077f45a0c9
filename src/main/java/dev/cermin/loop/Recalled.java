package dev.cermin.loop;

/**
 * A lesson of an earlier task that the drafts of this one are written with.
 *
 * @param id under which it can be revoked
 * @param advice its text
 */
public record Recalled(String id, String advice) {}
