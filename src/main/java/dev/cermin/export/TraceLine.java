package dev.cermin.export;

import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Stop;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace as a line of JSON Lines; its schema is {@code /schemas/export.v1.json}.
 *
 * @param schema always {@value #SCHEMA}
 * @param task the task's id
 * @param agent the agent's name
 * @param agentVersion as its file says
 * @param agentHash SHA-256 of its definition, hex
 * @param tenant whose task it is
 * @param createdAt when it was accepted
 * @param finishedAt when it ended; null while it runs, as the next two
 * @param stopReason why, lower case, as {@code no_progress}
 * @param accepted the verdict at the end
 * @param rounds corrections made
 * @param tokensIn that models read
 * @param tokensOut that they wrote
 * @param cost in the currency of the models' prices
 * @param input what was asked; null where it was erased
 * @param answer null for none, and where it was erased
 * @param intact whether the hash chain holds
 * @param steps as they are stored, in order; they verify by themselves
 */
public record TraceLine(
        String schema,
        UUID task,
        String agent,
        String agentVersion,
        String agentHash,
        String tenant,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable String stopReason,
        @Nullable Boolean accepted,
        int rounds,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        @Nullable String input,
        @Nullable String answer,
        boolean intact,
        List<TraceStep> steps) {
    public static final String SCHEMA = "urn:cermin:schema:export.v1";

    /**
     * Of a trace from its first step on.
     *
     * @throws IllegalArgumentException where the terms of its first step were erased
     */
    public static TraceLine of(List<TraceStep> steps) {
        TraceStep first = steps.getFirst();
        LoopState start = start(first);
        TraceStep last = steps.stream()
                .filter(step -> step.kind() == StepKind.FINISH)
                .findFirst()
                .orElse(null);
        Verification chain = Chain.verify(steps);
        return new TraceLine(
                SCHEMA,
                first.taskId(),
                start.plan().agent(),
                start.plan().version(),
                start.plan().pin(),
                start.task().tenant(),
                start.task().createdAt(),
                last == null ? null : last.startedAt(),
                last == null ? null : stopReason(last),
                last == null ? null : last.accepted(),
                steps.stream()
                        .filter(step -> step.kind() == StepKind.CORRECT)
                        .mapToInt(TraceStep::round)
                        .max()
                        .orElse(0),
                steps.stream()
                        .map(TraceStep::tokensIn)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                steps.stream()
                        .map(TraceStep::tokensOut)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                steps.stream().map(TraceStep::cost).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add),
                first.texts().output(),
                last == null ? null : last.texts().output(),
                chain.intact(),
                steps);
    }

    /** An input that was erased is no reason to keep the rest. */
    private static LoopState start(TraceStep first) {
        if (first.texts().output() != null) {
            return Replay.state(List.of(first));
        }
        return Replay.state(List.of(new TraceStep(
                first.taskId(),
                first.number(),
                first.kind(),
                first.round(),
                null,
                null,
                first.parameters(),
                null,
                null,
                null,
                null,
                null,
                null,
                first.startedAt(),
                first.durationMillis(),
                first.attempt(),
                first.worker(),
                new Texts(null, null, null, "(erased)", first.texts().findings()),
                first.textHashes(),
                first.previous(),
                first.hash())));
    }

    private static @Nullable String stopReason(TraceStep last) {
        String findings = last.texts().findings();
        Stop stop =
                findings == null ? null : Json.read(findings, Findings.class).stop();
        return stop == null ? null : stop.reason().name().toLowerCase(Locale.ROOT);
    }

    /** Without its line break. */
    public String json() {
        return Json.text(this);
    }
}
