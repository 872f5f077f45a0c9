package dev.cermin.tune.lines;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Selected;

/**
 * Writes and reads the lines of {@code selected.jsonl} and {@code corrections.jsonl}; docs/tuning.md has their fields.
 * What is written is read back equal, but for lone surrogates, which UTF-8 can't hold. Unknown fields are ignored.
 * Thread-safe.
 */
public final class Lines {
    private Lines() {}

    /** One line of JSON without its end. */
    public static String text(Selected selected) {
        return safe(Json.text(SelectedLine.of(selected)));
    }

    /** One line of JSON without its end. */
    public static String text(Correction correction) {
        return safe(Json.text(CorrectionLine.of(correction)));
    }

    /** @throws JsonException where the line is none of a selected sample; the message says what is wrong or missing */
    public static Selected selected(String line) {
        return Json.read(line, SelectedLine.class).selected();
    }

    /** @throws JsonException where the line is none of a correction; the message says what is wrong or missing */
    public static Correction correction(String line) {
        return Json.read(line, CorrectionLine.class).correction();
    }

    /** JSON with the line ends that JSON permits and line readers such as Python's splitlines split at as escapes. */
    public static String safe(String json) {
        if (json.chars().allMatch(c -> c < 0x80)) {
            return json;
        }
        return json.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
