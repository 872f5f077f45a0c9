package dev.cermin.loop;

/**
 * A candidate answer.
 *
 * @param thinking the model's visible reasoning; empty where it gave none
 * @param output the answer itself
 * @param model the name of the model that wrote it
 */
public record Draft(String thinking, String output, String model) {}
