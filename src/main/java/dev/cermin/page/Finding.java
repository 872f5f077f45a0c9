package dev.cermin.page;

import dev.cermin.critique.Critique;
import dev.cermin.trace.Review;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found about a draft, by a verifier, a critic, a person or a limit.
 *
 * @param number of those about this draft, from 1
 * @param step the step's number
 * @param kind verifier, critic, reviewer, or failure
 * @param by its name; empty for a failure
 * @param state {@code good}, {@code bad}, or {@code none}: without a say
 * @param word the verdict in a word
 * @param score in [0, 1]; null for none
 * @param said in words, an item each
 * @param whole all that a critic said, where that is more; null for nothing more
 * @param warnings what weakens it
 * @param marked whether the draft has parts that it speaks of
 */
public record Finding(
        int number,
        int step,
        String kind,
        String by,
        String state,
        String word,
        @Nullable Double score,
        List<String> said,
        @Nullable String whole,
        List<String> warnings,
        boolean marked) {
    public Finding {
        said = List.copyOf(said);
        warnings = List.copyOf(warnings);
    }

    static Finding of(int number, int step, Check check) {
        return new Finding(
                number,
                step,
                "verifier",
                check.verifier(),
                check.passed() ? "good" : "bad",
                check.passed() ? "passes" : "fails",
                null,
                List.of(check.message()),
                null,
                List.of(),
                false);
    }

    static Finding of(int number, int step, Critique critique, @Nullable String response) {
        String state = switch (critique.opinion()) {
            case ACCEPT -> "good";
            case REVISE -> "bad";
            case UNREADABLE -> "none";
        };
        String said = String.join("\n", critique.issues());
        String whole = response == null || response.strip().equals(said.strip()) ? null : response;
        return new Finding(
                number,
                step,
                "critic",
                critique.critic(),
                state,
                critique.opinion().name().toLowerCase(Locale.ROOT),
                critique.readable() ? critique.score() : null,
                critique.issues(),
                whole,
                critique.warnings(),
                false);
    }

    /** What a person said of a draft: a label, a decision, or a comment alone. */
    static Finding of(int number, TraceStep step, @Nullable Review review) {
        String comment = step.texts().response();
        Boolean accepted = step.accepted();
        String word = review == null
                ? "erased"
                : review.label() != null
                        ? review.label().key()
                        : review.decision() != null ? review.decision().choice().key() : "comments";
        return new Finding(
                number,
                step.number(),
                "reviewer",
                step.worker(),
                accepted == null ? "none" : accepted ? "good" : "bad",
                word,
                null,
                comment == null ? List.of() : List.of(comment),
                null,
                List.of(),
                false);
    }

    static Finding failure(int number, int step, String why) {
        return new Finding(number, step, "failure", "", "bad", "failed", null, List.of(why), null, List.of(), false);
    }

    static Finding erased(int number, int step, String kind, @Nullable Boolean accepted) {
        String state = accepted == null ? "none" : accepted ? "good" : "bad";
        String word = accepted == null ? "erased" : accepted ? "accepts" : "objects";
        return new Finding(
                number, step, kind, "", state, word, null, List.of("What it said was erased."), null, List.of(), false);
    }

    Finding marked(boolean seen) {
        return new Finding(number, step, kind, by, state, word, score, said, whole, warnings, seen);
    }

    /** Where it speaks against a draft, the parts that it speaks of. */
    List<Spans.Part> parts(String draft) {
        List<Spans.Part> parts = new ArrayList<>();
        if (!state.equals("good")) {
            said.forEach(message -> parts.addAll(Quotations.in(draft, message, String.valueOf(number))));
        }
        return parts;
    }
}
