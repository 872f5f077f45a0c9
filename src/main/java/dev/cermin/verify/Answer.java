package dev.cermin.verify;

import java.util.Map;

/**
 * What a verifier sees.
 *
 * @param input what the task asked
 * @param output the draft's answer, without its thinking
 * @param metadata the task's metadata: a source to cite from, tests to pass
 */
public record Answer(String input, String output, Map<String, String> metadata) {
    public Answer {
        metadata = Map.copyOf(metadata);
    }

    public Answer(String input, String output) {
        this(input, output, Map.of());
    }
}
