package dev.cermin.loop;

import java.util.List;

/**
 * A candidate answer.
 *
 * @param thinking the model's visible reasoning; empty where it gave none
 * @param output the answer itself
 * @param model the name of the model that wrote it
 * @param problems what was amiss with the form of its text: a tag left open, cut off in the thinking; default none
 */
public record Draft(String thinking, String output, String model, List<String> problems) {
    /** The problem of a draft that its model did not bring to an end. */
    public static final String CUT = "The model's text was cut off at the most tokens that it may write";

    public Draft {
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    public Draft(String thinking, String output, String model) {
        this(thinking, output, model, List.of());
    }
}
