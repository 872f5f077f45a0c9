package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.List;
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
 */
record SearchTerms(SortedSet<String> models, @Nullable Double score, String verdicts) {
    static final SearchTerms NONE = new SearchTerms(new TreeSet<>(), null, "");

    SearchTerms plus(TraceStep step) {
        return new SearchTerms(
                with(step.model()),
                step.kind() == StepKind.REFLECT && step.score() != null ? step.score() : score,
                verdicts + verdict(step));
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
        List<Checked.Check> checks = Json.read(findings, Checked.class).checks();
        return checks != null && !checks.isEmpty();
    }

    /** Findings of which nothing else is wanted. */
    private record Checked(@Nullable List<Check> checks) {
        private record Check() {}
    }
}
