package dev.cermin.trace;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The large texts of a step; null where it has none, or where it was erased.
 *
 * @param prompt what the model read
 * @param response what it wrote, raw; of a review step, the person's comment
 * @param thinking its visible reasoning
 * @param output the draft's answer; of the first step the task's input, of the last the best answer
 * @param findings checks, critique, error, review, or the terms of the task, as JSON
 */
public record Texts(
        @Nullable String prompt,
        @Nullable String response,
        @Nullable String thinking,
        @Nullable String output,
        @Nullable String findings) {
    public Texts {
        prompt = storable(prompt);
        response = storable(response);
        thinking = storable(thinking);
        output = storable(output);
        findings = storable(findings);
    }

    /** Postgres can't hold NUL, and a model may well write it: it becomes the replacement character. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null || text.indexOf(0) < 0 ? text : text.replace((char) 0, '\uFFFD');
    }

    /** Those that are there, by name. */
    public Map<String, String> byName() {
        Map<String, String> all = new TreeMap<>();
        put(all, "prompt", prompt);
        put(all, "response", response);
        put(all, "thinking", thinking);
        put(all, "output", output);
        put(all, "findings", findings);
        return all;
    }

    /** How many are there. */
    int count() {
        return (prompt == null ? 0 : 1)
                + (response == null ? 0 : 1)
                + (thinking == null ? 0 : 1)
                + (output == null ? 0 : 1)
                + (findings == null ? 0 : 1);
    }

    private static void put(Map<String, String> all, String name, @Nullable String text) {
        if (text != null) {
            all.put(name, text);
        }
    }
}
