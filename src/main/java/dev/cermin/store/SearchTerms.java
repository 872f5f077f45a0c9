package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lists and searches need of steps beside their figures. Immutable.
 *
 * @param models that were called
 * @param score the last of a critic; null for none
 * @param verdicts what became of drafts: {@code d} a first draft, {@code c} a correction, {@code r} and {@code w} what
 *     verifiers found, right or wrong, {@code f} and a round the one whose draft is the answer
 * @param text drafts and critiques, in order; cut where they are long
 */
record SearchTerms(SortedSet<String> models, @Nullable Double score, String verdicts, String text) {
    static final SearchTerms NONE = new SearchTerms(new TreeSet<>(), null, "", "");

    /** Characters that are searched, of all drafts and critiques together. */
    private static final int MOST = 20_000;

    SearchTerms plus(TraceStep step) {
        return new SearchTerms(
                with(step.model()),
                step.kind() == StepKind.REFLECT && step.score() != null ? step.score() : score,
                verdicts + verdict(step),
                with(step.kind(), step.texts()));
    }

    /** A model's name has no end of line. */
    String modelLines() {
        return String.join("\n", models);
    }

    private SortedSet<String> with(@Nullable String model) {
        if (model == null || models.contains(model)) {
            return models;
        }
        SortedSet<String> all = new TreeSet<>(models);
        all.add(model);
        return all;
    }

    private String with(StepKind kind, Texts texts) {
        String found = switch (kind) {
            case GENERATE, CORRECT, REFLECT -> texts.output() == null ? texts.response() : texts.output();
            default -> null;
        };
        if (found == null || text.length() >= MOST) {
            return text;
        }
        String all = text.isEmpty() ? found : text + "\n" + found;
        return all.length() <= MOST ? all : all.substring(0, end(all));
    }

    /** Not within a character of two. */
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    }

    private static String verdict(TraceStep step) {
        return switch (step.kind()) {
            case GENERATE -> "d";
            case CORRECT -> "c";
            case VERIFY -> decided(step.texts().findings()) ? Boolean.TRUE.equals(step.accepted()) ? "r" : "w" : "";
            case FINISH -> "f" + step.round();
            default -> "";
        };
    }

    /** Without checks, or where they failed themselves, nobody has decided. */
    private static boolean decided(@Nullable String findings) {
        if (findings == null) {
            return false;
        }
        var checks = Json.read(findings, Findings.class).checks();
        return checks != null && !checks.isEmpty();
    }
}
