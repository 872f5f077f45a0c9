package dev.cermin.trace;

import dev.cermin.critique.Critique.Opinion;
import dev.cermin.json.Json;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Task;
import dev.cermin.run.Call;
import dev.cermin.run.Execution;
import dev.cermin.trace.Findings.Terms;
import dev.cermin.verify.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down what happened as chained steps. Immutable, so thread-safe. */
public final class Tracer {
    private final String worker;

    /** @param worker the name under which its steps are recorded */
    public Tracer(String worker) {
        this.worker = worker;
    }

    /** The first step: the task and the terms on which it runs. */
    public TraceStep submitted(LoopState state, Instant at) {
        Task task = state.task();
        Texts texts = new Texts(null, null, null, task.input(), Json.text(Findings.ofTerms(Terms.of(state))));
        return step(task.id(), TraceHead.NONE, StepKind.SUBMIT, 0, at, Duration.ZERO, 1, null, null, null, texts);
    }

    /** @param attempt how often the step was begun, from 1 */
    public TraceStep executed(UUID task, TraceHead head, Execution execution, int attempt) {
        Call call = execution.call();
        Outline outline = outline(execution);
        Draft draft = outline.draft();
        Findings findings = Findings.of(execution);
        Texts texts = new Texts(
                call == null ? null : call.prompt(),
                call == null ? null : call.response(),
                draft == null || draft.thinking().isEmpty() ? null : draft.thinking(),
                draft == null ? null : draft.output(),
                findings == null ? null : Json.text(findings));
        return step(
                task,
                head,
                kind(execution.action()),
                execution.round(),
                execution.startedAt(),
                execution.duration(),
                attempt,
                call,
                outline.accepted(),
                outline.score(),
                texts);
    }

    /** The last step: why the loop ended, and with what. */
    public TraceStep finished(LoopState state, TraceHead head, Instant at) {
        Outcome outcome = state.outcome();
        Attempt best = outcome.best();
        Findings findings = Findings.ofStop(outcome.stop());
        Texts texts = new Texts(null, null, null, outcome.answer().orElse(null), Json.text(findings));
        int round = best == null ? 0 : best.round();
        return step(
                state.task().id(),
                head,
                StepKind.FINISH,
                round,
                at,
                Duration.ZERO,
                1,
                null,
                outcome.accepted(),
                null,
                texts);
    }

    private record Outline(
            @Nullable Draft draft,
            @Nullable Boolean accepted,
            @Nullable Double score) {}

    private static Outline outline(Execution execution) {
        return switch (execution.result()) {
            case Generated generated -> new Outline(generated.draft(), null, null);
            case Corrected corrected -> new Outline(corrected.draft(), null, null);
            case Verified verified ->
                new Outline(null, verified.checks().stream().allMatch(Check::passed), null);
            case Reflected reflected ->
                new Outline(
                        null,
                        reflected.critique().opinion() == Opinion.ACCEPT,
                        reflected.critique().score());
            case Failed failed -> new Outline(null, false, null);
            case CutShort cut -> new Outline(null, false, null);
            case Expired expired -> throw notExecuted(expired);
            case Cancelled cancelled -> throw notExecuted(cancelled);
        };
    }

    private static IllegalArgumentException notExecuted(Object result) {
        return new IllegalArgumentException(result + " comes from outside; the last step of the trace tells it");
    }

    private static StepKind kind(Action action) {
        return switch (action) {
            case Generate generate -> StepKind.GENERATE;
            case Verify verify -> StepKind.VERIFY;
            case Reflect reflect -> StepKind.REFLECT;
            case Correct correct -> StepKind.CORRECT;
            case Finish finish -> StepKind.FINISH;
        };
    }

    private TraceStep step(
            UUID task,
            TraceHead head,
            StepKind kind,
            int round,
            Instant at,
            Duration duration,
            int attempt,
            @Nullable Call call,
            @Nullable Boolean accepted,
            @Nullable Double score,
            Texts texts) {
        TraceStep step = new TraceStep(
                task,
                head.steps(),
                kind,
                round,
                call == null ? null : call.model(),
                call == null ? null : call.provider(),
                call == null ? null : call.parameters(),
                call == null ? null : call.promptId(),
                call == null ? null : call.tokensIn(),
                call == null ? null : call.tokensOut(),
                call == null ? null : call.cost(),
                accepted,
                score,
                at.truncatedTo(ChronoUnit.MILLIS),
                duration.toMillis(),
                attempt,
                worker,
                texts,
                Map.of(),
                "",
                "");
        return Chain.link(step, head.hash());
    }
}
