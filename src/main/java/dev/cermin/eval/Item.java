package dev.cermin.eval;

import java.util.Map;

/**
 * One question of a suite.
 *
 * @param id unique within the suite and the same in every run, such as {@code HumanEval/7}
 * @param category what it is counted under, such as a subject
 * @param input what the agent is asked, worded as the suite's convention has it
 * @param gold the right answer, for a reader
 * @param scorer tells right from wrong
 * @param metadata of the task that asks it, handed to the agent's verifiers, such as the tests of a program; default empty
 */
public record Item(String id, String category, String input, String gold, Scorer scorer, Map<String, String> metadata) {
    public Item {
        metadata = Map.copyOf(metadata);
    }

    public Item(String id, String category, String input, String gold, Scorer scorer) {
        this(id, category, input, gold, scorer, Map.of());
    }
}
