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
import dev.cermin.loop.Decision;
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
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Task;
import dev.cermin.redact.Redaction;
import dev.cermin.run.Call;
import dev.cermin.run.Execution;
import dev.cermin.trace.Findings.Terms;
import dev.cermin.verify.Check;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down what happened as chained steps, redacted before they are hashed. Immutable, so thread-safe. */
public final class Tracer {
    private static final MathContext DIGITS = new MathContext(15);

    private final String worker;
    private final Redacted redacted;

    /** @param worker the name under which its steps are recorded */
    public Tracer(String worker) {
        this(worker, new Redacted(Redaction.NONE));
    }

    private Tracer(String worker, Redacted redacted) {
        this.worker = worker;
        this.redacted = redacted;
    }

    /** The same, with marks in place of what these rules find. */
    public Tracer redacting(Redaction rules) {
        return new Tracer(worker, new Redacted(rules));
    }

    /** The first step: the task and the terms on which it runs. */
    public TraceStep submitted(LoopState state, Instant at) {
        Task task = state.task();
        Texts texts = texts(null, null, null, task.input(), Findings.ofTerms(Terms.of(state)));
        return step(task.id(), TraceHead.NONE, StepKind.SUBMIT, 0, at, Duration.ZERO, 1, null, null, null, texts);
    }

    /** The first step of a task that goes on from another one's trace. */
    public TraceStep forked(LoopState state, Fork fork, Instant at) {
        TraceStep first = submitted(state, at);
        return Chain.link(with(first, first.taskId(), first.number(), fork.parameters()), "");
    }

    /** A step of the other trace as one of this. */
    public TraceStep copied(UUID task, TraceHead head, TraceStep of) {
        return Chain.link(with(of, task, head.steps(), of.parameters()), head.hash());
    }

    private static TraceStep with(TraceStep step, UUID task, int number, @Nullable Map<String, String> parameters) {
        return new TraceStep(
                task,
                number,
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                parameters,
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                step.worker(),
                step.texts(),
                Map.of(),
                "",
                "");
    }

    /** @param attempt how often the step was begun, from 1 */
    public TraceStep executed(UUID task, TraceHead head, Execution execution, int attempt) {
        if (execution.result() instanceof Reviewed reviewed) {
            return decided(task, head, execution, reviewed.decision());
        }
        Call call = execution.call();
        Outline outline = outline(execution);
        Draft draft = outline.draft();
        Texts texts = texts(
                call == null ? null : call.prompt(),
                call == null ? null : call.response(),
                draft == null || draft.thinking().isEmpty() ? null : draft.thinking(),
                draft == null ? null : draft.output(),
                Findings.of(execution));
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
        Texts texts = texts(null, null, null, outcome.answer().orElse(null), Findings.ofStop(outcome.stop()));
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

    /**
     * A person's act on a trace; not this tracer's worker but the person did it.
     *
     * @param round of the draft that it is about
     * @param comment null for none
     */
    public TraceStep reviewed(
            UUID task, TraceHead head, Review review, int round, @Nullable String comment, Instant at) {
        Texts texts = texts(null, comment, null, null, Findings.ofReview(review));
        return new Tracer(review.by(), redacted)
                .step(task, head, StepKind.REVIEW, round, at, Duration.ZERO, 1, null, review.accepted(), null, texts);
    }

    /** A person's decision is theirs; where nobody decided, this worker noted it. */
    private TraceStep decided(UUID task, TraceHead head, Execution execution, Decision decision) {
        String comment = decision.comment().isEmpty() ? null : decision.comment();
        Texts texts = texts(null, comment, null, null, Findings.of(execution));
        return new Tracer(decision.byDefault() ? worker : decision.by(), redacted)
                .step(
                        task,
                        head,
                        StepKind.REVIEW,
                        execution.round(),
                        execution.startedAt(),
                        execution.duration(),
                        1,
                        null,
                        Review.decision(decision).accepted(),
                        null,
                        texts);
    }

    /** To what JSON's numbers hold of a decimal: 15 digits. */
    static BigDecimal rounded(BigDecimal cost) {
        return cost.precision() <= DIGITS.getPrecision() ? cost : cost.round(DIGITS);
    }

    private Texts texts(
            @Nullable String prompt,
            @Nullable String response,
            @Nullable String thinking,
            @Nullable String output,
            @Nullable Findings findings) {
        return redacted.texts(
                new Texts(prompt, response, thinking, output, null),
                findings == null ? null : Json.text(redacted.findings(findings)));
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
            case Reviewed reviewed -> throw new IllegalArgumentException("A decision has a step of its own kind");
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
            case Action.Review review -> StepKind.REVIEW;
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
                call == null ? null : redacted.parameters(call.parameters()),
                call == null ? null : call.promptId(),
                call == null ? null : call.tokensIn(),
                call == null ? null : call.tokensOut(),
                call == null ? null : rounded(call.cost()),
                accepted,
                // never -0.0, which JSON can't tell from 0
                score == null ? null : Double.valueOf(score + 0.0),
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
