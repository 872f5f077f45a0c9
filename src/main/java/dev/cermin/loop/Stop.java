package dev.cermin.loop;

/**
 * The end of a loop.
 *
 * @param reason why
 * @param detail the same in words, with the figures
 */
public record Stop(StopReason reason, String detail) {}
