package dev.cermin.testing;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Verdict;
import dev.cermin.verify.Check;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What can be asserted of an outcome. A failure shows the whole loop: each draft, its checks and its critiques. */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {
    OutcomeAssert(@Nullable Outcome actual) {
        super(actual, OutcomeAssert.class);
    }

    /** The loop stopped because its draft was accepted. */
    public OutcomeAssert isAccepted() {
        return that(outcome().accepted(), "Expected the loop to be accepted; it stopped by %s".formatted(stop()));
    }

    /** The loop stopped without an accepted draft. */
    public OutcomeAssert isNotAccepted() {
        return that(!outcome().accepted(), "Expected the loop not to be accepted");
    }

    public OutcomeAssert stoppedBy(StopReason reason) {
        return that(stop() == reason, "Expected the loop to stop by %s; it stopped by %s".formatted(reason, stop()));
    }

    /** The best draft's output is this. */
    public OutcomeAssert hasAnswer(String answer) {
        String found = outcome().answer().orElse(null);
        return that(
                answer.equals(found),
                "Expected the answer '%s'; it is %s".formatted(answer, found == null ? "missing" : "'" + found + "'"));
    }

    /** Goes on with the answer: {@code assertThat(outcome).answer().startsWith("x=")}. */
    public AbstractStringAssert<?> answer() {
        that(outcome().answer().isPresent(), "Expected an answer; there is no draft");
        return Assertions.assertThat(outcome().answer().orElseThrow())
                .as("The answer of this loop%n%s%n", LoopText.brief(outcome()));
    }

    /** So many corrections were made; 0 where a first draft was the end. */
    public OutcomeAssert hasRounds(int rounds) {
        List<Attempt> attempts = outcome().attempts();
        int found = attempts.isEmpty() ? 0 : attempts.getLast().round();
        return that(found == rounds, "Expected %d rounds of correction; there were %d".formatted(rounds, found));
    }

    /** A verdict of that round gives a reason with this text. */
    public OutcomeAssert hasVerdictReason(int round, String text) {
        List<Verdict> verdicts = outcome().attempts().stream()
                .filter(attempt -> attempt.round() == round)
                .map(Attempt::verdict)
                .filter(verdict -> verdict != null)
                .toList();
        List<String> reasons =
                verdicts.stream().flatMap(verdict -> verdict.reasons().stream()).toList();
        return that(
                reasons.stream().anyMatch(reason -> reason.contains(text)),
                "Expected a reason with '%s' in the verdict of round %d; it has %s"
                        .formatted(text, round, verdicts.isEmpty() ? "no verdict" : reasons));
    }

    /** The answer passes that verifier. */
    public OutcomeAssert passes(String verifier) {
        Check check = check(outcome().best(), verifier);
        return that(
                check != null && check.passed(),
                "Expected the answer to pass '%s'; %s".formatted(verifier, found(check)));
    }

    /** The first draft of all fails that verifier. */
    public OutcomeAssert failsFirst(String verifier) {
        List<Attempt> attempts = outcome().attempts();
        Check check = check(attempts.isEmpty() ? null : attempts.getFirst(), verifier);
        return that(
                check != null && !check.passed(),
                "Expected the first draft to fail '%s'; %s".formatted(verifier, found(check)));
    }

    /** A correction is the answer: it is better than every first draft, by verdict, checks passed or score. */
    public OutcomeAssert improvedOnFirstDraft() {
        Attempt best = outcome().best();
        return that(
                best != null && best.round() > 0,
                "Expected a correction to be the answer; %s"
                        .formatted(best == null ? "there is no draft" : "a first draft is"));
    }

    /** So many calls of models at most. */
    public OutcomeAssert takesAtMostCalls(int calls) {
        int found = outcome().usage().calls();
        return that(found <= calls, "Expected at most %d calls; there were %d".formatted(calls, found));
    }

    /** So many tokens at most, read and written. */
    public OutcomeAssert takesAtMostTokens(long tokens) {
        long found = outcome().usage().tokens();
        return that(found <= tokens, "Expected at most %d tokens; there were %d".formatted(tokens, found));
    }

    /**
     * So much money at most, by the models' prices.
     *
     * @param cost a number, such as {@code 0.05}
     */
    public OutcomeAssert costsAtMost(String cost) {
        BigDecimal found = outcome().usage().cost();
        return that(
                found.compareTo(new BigDecimal(cost)) <= 0,
                "Expected a cost of at most %s; it is %s".formatted(cost, found.toPlainString()));
    }

    /**
     * The loop went as another one: the same stop reason, the same drafts in the same rounds with the same checks,
     * critiques and verdicts. Ids, times, usage, names of models and warnings may differ.
     */
    public OutcomeAssert wentAs(Outcome expected) {
        String found = LoopText.whole(outcome());
        String wanted = LoopText.whole(expected);
        if (!found.equals(wanted)) {
            failWithMessage(
                    "Expected the loop to go as another one did. The first difference:%n%s%n%s%nIt should have gone so:%n%s",
                    Brief.difference("expected", wanted, found, "  "),
                    LoopText.brief(outcome()),
                    LoopText.brief(expected));
        }
        return this;
    }

    private Outcome outcome() {
        isNotNull();
        return actual;
    }

    private StopReason stop() {
        return outcome().stop().reason();
    }

    private static @Nullable Check check(@Nullable Attempt attempt, String verifier) {
        if (attempt == null || attempt.checks() == null) {
            return null;
        }
        return attempt.checks().stream()
                .filter(check -> check.verifier().equals(verifier))
                .findFirst()
                .orElse(null);
    }

    private static String found(@Nullable Check check) {
        return check == null
                ? "no such verifier has looked at it"
                : (check.passed() ? "it passes: " : "it fails: ") + check.message();
    }

    private OutcomeAssert that(boolean holds, String otherwise) {
        if (!holds) {
            failWithMessage("%s%n%s", otherwise, LoopText.brief(outcome()));
        }
        return this;
    }
}
