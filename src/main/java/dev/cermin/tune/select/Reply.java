package dev.cermin.tune.select;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher wrote between the markers; a field that is missing, cut off, empty or a placeholder is null.
 *
 * @param instruction the better one
 * @param output the answer to it, or the better answer
 * @param fault why there is neither; null where there is one
 */
record Reply(
        @Nullable String instruction,
        @Nullable String output,
        @Nullable String fault) {
    /**
     * As the prompts show them, and what models write where they have nothing to say. The agents' verifiers have the same
     * expression, so that whatever is dropped here is asked for again.
     */
    static final String PLACEHOLDER =
            "[\\[<{(\"]?(?:(?:your|the)(?: new| better)? (?:instruction|answer)(?: here)?|n/?a|none|\\.\\.\\.|\\u2026)[\\]>})\"]?\\.?";

    private static final Pattern PLACEHOLDERS = Pattern.compile(PLACEHOLDER, Pattern.CASE_INSENSITIVE);
    private static final Pattern NEW_INSTRUCTION = marker("[New Instruction]");
    private static final Pattern NEW_ANSWER = marker("[New Answer]");
    private static final Pattern BETTER_ANSWER = marker("[Better Answer]");
    private static final Pattern END = marker("[End]");

    private static final Reply NOTHING = new Reply(null, null, "has nothing between the markers");

    /**
     * Of the agent {@code tune-instruction}. An instruction that is left empty keeps the one that is there, which its answer
     * is then for. Halves of other pairs are nothing: they would answer an instruction that isn't theirs.
     */
    static Reply ofInstruction(String text) {
        Matcher first = NEW_INSTRUCTION.matcher(text);
        boolean marked = first.find();
        int from = marked ? first.end() : 0;
        Matcher second = NEW_ANSWER.matcher(text);
        boolean answered = second.find(from);
        String instruction = marked ? until(text, from, answered ? second.start() : -1) : null;
        String output = answered ? last(text, second.end()) : null;
        if (output == null) {
            return instruction == null ? NOTHING : half("a new instruction without its answer");
        }
        return marked ? new Reply(instruction, output, null) : half("an answer without its new instruction");
    }

    /** Of the agent {@code tune-response}. */
    static Reply ofResponse(String text) {
        Matcher answer = BETTER_ANSWER.matcher(text);
        String output = answer.find() ? last(text, answer.end()) : null;
        return output == null ? NOTHING : new Reply(null, output, null);
    }

    private static Reply half(String which) {
        return new Reply(null, null, "is half a reply, " + which);
    }

    /** @param next the marker behind it, which ends it too; -1 for none */
    private static @Nullable String until(String text, int from, int next) {
        Matcher end = END.matcher(text);
        boolean ended = end.find(from);
        if (ended && (next < 0 || end.start() < next)) {
            return field(text.substring(from, end.start()));
        }
        return next < 0 ? null : field(text.substring(from, next));
    }

    /** Up to the last end: an answer may speak of the marker itself. */
    private static @Nullable String last(String text, int from) {
        Matcher end = END.matcher(text).region(from, text.length());
        int last = -1;
        while (end.find()) {
            last = end.start();
        }
        return last < 0 ? null : field(text.substring(from, last));
    }

    private static @Nullable String field(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || PLACEHOLDERS.matcher(stripped).matches() ? null : stripped;
    }

    private static Pattern marker(String text) {
        return Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE);
    }
}
