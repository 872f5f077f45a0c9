package dev.cermin.trace;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.redact.Marks;
import java.util.ArrayList;
import java.util.List;

/** Steps of a trace with the drafts as the caller is told them: redacted is what is stored. */
public final class AsTold {
    private AsTold() {}

    /** Whether a draft of the steps, or the answer, has marks. */
    public static boolean differs(List<TraceStep> steps) {
        return steps.stream().anyMatch(AsTold::isMarked);
    }

    private static boolean isMarked(TraceStep step) {
        String output = step.texts().output();
        String thinking = step.texts().thinking();
        return step.kind() != StepKind.SUBMIT
                && ((output != null && Marks.in(output)) || (thinking != null && Marks.in(thinking)));
    }

    /**
     * The steps with the texts of an outcome in place of those that are redacted. They don't verify any more: they are for
     * the caller, not for keeping.
     */
    public static List<TraceStep> steps(List<TraceStep> steps, Outcome outcome) {
        List<TraceStep> told = new ArrayList<>();
        int drafts = 0;
        for (TraceStep step : steps) {
            boolean draft = (step.kind() == StepKind.GENERATE || step.kind() == StepKind.CORRECT)
                    && step.textHashes().containsKey("output");
            Attempt attempt = draft && drafts < outcome.attempts().size()
                    ? outcome.attempts().get(drafts)
                    : step.kind() == StepKind.FINISH ? outcome.best() : null;
            drafts += draft ? 1 : 0;
            told.add(attempt != null && isMarked(step) ? with(step, attempt) : step);
        }
        return told;
    }

    private static TraceStep with(TraceStep step, Attempt attempt) {
        Texts texts = step.texts();
        String thinking = texts.thinking() == null ? null : attempt.draft().thinking();
        return step.with(new Texts(
                texts.prompt(), texts.response(), thinking, attempt.draft().output(), texts.findings()));
    }
}
