package dev.cermin.tune.select;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher wrote between the markers; a field that is missing, cut off, empty or a placeholder is null.
 *
 * @param instruction the better one
 * @param output the answer to it, or the better answer
 */
record Reply(@Nullable String instruction, @Nullable String output) {
    private static final String END = "[End]";
    /** As the prompts show them, and what models write where they have nothing to say. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)[\\[<{(\"]?(your|the)( new| better)? (instruction|answer)( here)?[\\]>})\"]?\\.?|n/?a\\.?|none\\.?|(\\.\\.\\.|\u2026)");

    /** Of the agent {@code tune-instruction}. */
    static Reply ofInstruction(String text) {
        int instruction = after(text, "[New Instruction]", 0);
        int answer = after(text, "[New Answer]", Math.max(0, instruction));
        if (instruction < 0) {
            return new Reply(null, answer < 0 ? null : last(text, answer));
        }
        int marker = answer < 0 ? text.length() : answer - "[New Answer]".length();
        int end = find(text, END, instruction);
        boolean ended = end >= 0 && end < marker;
        String first = ended || answer >= 0 ? field(text.substring(instruction, ended ? end : marker)) : null;
        return new Reply(first, answer < 0 ? null : last(text, answer));
    }

    /** Of the agent {@code tune-response}. */
    static Reply ofResponse(String text) {
        int answer = after(text, "[Better Answer]", 0);
        return new Reply(null, answer < 0 ? null : last(text, answer));
    }

    /** Up to the last end: an answer may speak of the marker itself. */
    private static @Nullable String last(String text, int from) {
        int end = text.toLowerCase(Locale.ROOT).lastIndexOf(END.toLowerCase(Locale.ROOT));
        return end < from ? null : field(text.substring(from, end));
    }

    private static @Nullable String field(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || PLACEHOLDER.matcher(stripped).matches() ? null : stripped;
    }

    private static int after(String text, String marker, int from) {
        int at = find(text, marker, from);
        return at < 0 ? -1 : at + marker.length();
    }

    private static int find(String text, String marker, int from) {
        return text.toLowerCase(Locale.ROOT).indexOf(marker.toLowerCase(Locale.ROOT), from);
    }
}
