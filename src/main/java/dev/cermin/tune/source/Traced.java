package dev.cermin.tune.source;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.trace.Replay;
import dev.cermin.trace.Review;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Sample.Source;
import dev.cermin.verify.Check;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a stored trace comes to, word for word as it was stored.
 *
 * @param task its id
 * @param stop why the loop ended
 * @param prompt what was asked
 * @param answer the best draft's
 * @param right whether it holds: what a reviewer says, else whether the loop accepted it
 * @param correction with the draft that it replaced, where the answer is right and a correction, and the draft was wrong
 */
public record Traced(
        UUID task,
        String agent,
        StopReason stop,
        String prompt,
        String answer,
        boolean right,
        @Nullable Correction correction) {
    /** Where samples of traces say that they come from. */
    public static final String TRACES = "traces";

    /**
     * Reads a whole trace.
     *
     * @param reviews go before the labels that stand in the trace itself
     * @throws IllegalArgumentException where it has no end or no draft, or a text that is needed was erased; says which
     */
    public static Traced of(List<TraceStep> steps, Reviews reviews) {
        return read(steps, (task, round, answer) -> {
            Boolean said = reviews.right(task, round, answer);
            return said != null
                    ? said
                    : Review.lastLabel(steps, round, answer)
                            .map(TraceStep::accepted)
                            .orElse(null);
        });
    }

    private static Traced read(List<TraceStep> steps, Reviews reviews) {
        if (!Replay.ended(steps)) {
            throw new IllegalArgumentException("the task has not ended");
        }
        LoopState end = Replay.state(steps);
        Outcome outcome = end.outcome();
        Attempt best = outcome.best();
        if (best == null) {
            throw new IllegalArgumentException(
                    "the task ended without a draft: " + outcome.stop().detail());
        }
        UUID task = outcome.taskId();
        Boolean said = reviews.right(task, best.round(), true);
        boolean right = said == null ? outcome.accepted() : said;
        String prompt = end.task().input();
        return new Traced(
                task,
                outcome.agent(),
                outcome.stop().reason(),
                prompt,
                best.draft().output(),
                right,
                right ? correction(steps, end, best, prompt, reviews) : null);
    }

    /** The answer as a sample, with the way back to its trace. */
    public Sample sample() {
        return new Sample(task.toString(), prompt, "", answer, new Source(TRACES, 0, List.of(task.toString())));
    }

    private static @Nullable Correction correction(
            List<TraceStep> steps, LoopState end, Attempt best, String prompt, Reviews reviews) {
        Attempt draft = replaced(steps, end, best);
        if (draft == null || draft.draft().output().equals(best.draft().output())) {
            return null;
        }
        UUID task = end.task().id();
        Judge judge =
                judge(draft, best, reviews.right(task, draft.round(), false), reviews.right(task, best.round(), true));
        return judge == null
                ? null
                : new Correction(
                        task.toString(),
                        prompt,
                        draft.draft().output(),
                        reflection(draft),
                        best.draft().output(),
                        judge);
    }

    /** Who says that the one is wrong and the other right; null where nobody says both. */
    private static @Nullable Judge judge(
            Attempt draft, Attempt best, @Nullable Boolean draftRight, @Nullable Boolean bestRight) {
        if (Boolean.TRUE.equals(draftRight)) {
            return null;
        }
        boolean wrongByChecks = draft.failed();
        boolean rightByChecks = best.checks() != null && !best.checks().isEmpty() && !best.failed();
        boolean wrong = draftRight != null || wrongByChecks;
        boolean right = bestRight != null || rightByChecks;
        if (wrong && right) {
            return draftRight != null || bestRight != null ? Judge.REVIEWER : Judge.VERIFIER;
        }
        // then critics had the last word on one of the two: the draft was not accepted, and the correction is
        return best.accepted() && !draft.accepted() ? Judge.CRITIC : null;
    }

    /** The draft that the correction started from, with all that was found about it. */
    private static @Nullable Attempt replaced(List<TraceStep> steps, LoopState end, Attempt best) {
        if (best.round() == 0) {
            return null;
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).kind() == StepKind.CORRECT) {
                LoopState before = Replay.state(steps.subList(0, i));
                LoopState after = Replay.state(steps.subList(0, i + 1));
                if (after.round() == best.round() && before.round() < after.round()) {
                    int index = before.attempts().indexOf(before.base());
                    return end.attempts().get(index);
                }
            }
        }
        return null;
    }

    /** What critics said, else what failed. */
    private static @Nullable String reflection(Attempt draft) {
        String said = draft.critiques().stream()
                .filter(Critique::readable)
                .map(critique -> critique.text().isBlank() ? String.join("\n", critique.issues()) : critique.text())
                .filter(text -> !text.isBlank())
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        if (!said.isEmpty()) {
            return said;
        }
        String failed = draft.failedChecks().stream().map(Check::message).collect(Collectors.joining("\n"));
        return failed.isBlank() ? null : failed;
    }
}
