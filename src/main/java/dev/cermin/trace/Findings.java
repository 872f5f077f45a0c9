package dev.cermin.trace;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import dev.cermin.run.Call;
import dev.cermin.run.Execution;
import dev.cermin.tool.ToolUse;
import dev.cermin.verify.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step found, in a form that can be read back; what it has nothing of is null.
 *
 * @param terms of a submit step
 * @param checks of a verification
 * @param critique of a reflection; its text is the step's response
 * @param error of a step that failed
 * @param stop of the last step, and of a step that a limit cut short
 * @param calls of the model, where there was more than one or the model gave no answer
 * @param tools calls of tools, in order
 * @param notes on the call: why another model writes, what could not be sent
 * @param problems with the form of a draft
 * @param review of a review step; its comment is the step's response
 */
public record Findings(
        @Nullable Terms terms,
        @Nullable List<Check> checks,
        @Nullable Critique critique,
        @Nullable String error,
        @Nullable Stop stop,
        @Nullable Integer calls,
        @Nullable List<ToolUse> tools,
        @Nullable List<String> notes,
        @Nullable List<String> problems,
        @Nullable Review review) {

    static Findings ofTerms(Terms terms) {
        return new Findings(terms, null, null, null, null, null, null, null, null, null);
    }

    static Findings ofStop(Stop stop) {
        return new Findings(null, null, null, null, stop, null, null, null, null, null);
    }

    static Findings ofReview(Review review) {
        return new Findings(null, null, null, null, null, null, null, null, null, review);
    }

    /** Null where there is nothing to be said. */
    static @Nullable Findings of(Execution execution) {
        Call call = execution.call();
        StepResult result = execution.result();
        Integer calls = call == null || (call.calls() == 1 && answered(result)) ? null : Integer.valueOf(call.calls());
        Findings all = new Findings(
                null,
                result instanceof Verified verified ? verified.checks() : null,
                result instanceof Reflected reflected ? withoutText(reflected.critique()) : null,
                result instanceof Failed failed ? failed.error() : null,
                result instanceof CutShort cut ? new Stop(cut.reason(), cut.detail()) : null,
                calls,
                call == null || call.tools().isEmpty() ? null : call.tools(),
                call == null || call.notes().isEmpty() ? null : call.notes(),
                problems(result),
                result instanceof Reviewed reviewed ? Review.decision(reviewed.decision()) : null);
        return all.equals(NOTHING) ? null : all;
    }

    private static final Findings NOTHING = new Findings(null, null, null, null, null, null, null, null, null, null);

    private static boolean answered(StepResult result) {
        return !(result instanceof Failed) && !(result instanceof CutShort);
    }

    private static @Nullable List<String> problems(StepResult result) {
        Draft draft = result instanceof Generated generated
                ? generated.draft()
                : result instanceof Corrected corrected ? corrected.draft() : null;
        return draft == null || draft.problems().isEmpty() ? null : draft.problems();
    }

    /**
     * The terms on which a task runs; its input is the submit step's output.
     *
     * @param deadline the task's own; null for none
     * @param startAt before which it was not to begin; null for none
     * @param lessons of earlier tasks that it runs with; null for none
     */
    public record Terms(
            Map<String, String> metadata,
            String tenant,
            int priority,
            Instant createdAt,
            @Nullable Instant deadline,
            @Nullable Instant startAt,
            Plan plan,
            @Nullable List<Recalled> lessons) {
        static Terms of(LoopState state) {
            Task task = state.task();
            return new Terms(
                    task.metadata(),
                    task.tenant(),
                    task.priority(),
                    task.createdAt(),
                    task.deadline(),
                    task.startAt(),
                    state.plan(),
                    state.lessons().isEmpty() ? null : state.lessons());
        }
    }

    static Critique withoutText(Critique critique) {
        return new Critique(
                critique.critic(), critique.opinion(), critique.score(), critique.issues(), "", critique.warnings());
    }
}
