package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.loop.Stop;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What steps that follow each other add to their task.
 *
 * @param steps how many the task has with them
 * @param rounds the highest
 * @param head the hash of the last one
 * @param terms by which the task is found; null where nobody wants them
 */
record TaskChange(
        UUID id,
        int steps,
        int rounds,
        int calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        String head,
        @Nullable String stopReason,
        @Nullable Boolean accepted,
        @Nullable Instant finishedAt,
        @Nullable SearchTerms terms) {
    /** Nobody's prices have so many digits, and to add some that have takes all memory. */
    private static final int DIGITS = 1000;

    /** What a task's first step makes of it. */
    static TaskChange first(TraceStep submitted) {
        return first(submitted, SearchTerms.NONE);
    }

    /** The same without terms. */
    static TaskChange figures(TraceStep submitted) {
        return first(submitted, null);
    }

    private static TaskChange first(TraceStep submitted, @Nullable SearchTerms terms) {
        return new TaskChange(
                submitted.taskId(), 1, 0, 0, 0, 0, BigDecimal.ZERO, submitted.hash(), null, null, null, terms);
    }

    /** Nothing yet, of a task that has so many. */
    static TaskChange none(UUID id, int steps) {
        return new TaskChange(id, steps, 0, 0, 0, 0, BigDecimal.ZERO, "", null, null, null, SearchTerms.NONE);
    }

    /**
     * With those that follow on without a gap; the others moved the task on before, or can't yet.
     *
     * @param all of the task, by number
     */
    TaskChange with(NavigableMap<Integer, TraceStep> all) {
        TaskChange sum = this;
        for (TraceStep next = all.get(sum.steps); next != null; next = all.get(sum.steps)) {
            sum = sum.plus(next);
        }
        return sum;
    }

    private TaskChange plus(TraceStep step) {
        boolean last = step.kind() == StepKind.FINISH;
        return new TaskChange(
                id,
                steps + 1,
                step.kind() == StepKind.CORRECT ? Math.max(rounds, step.round()) : rounds,
                step.model() == null ? calls : calls + 1,
                Math.addExact(tokensIn, orZero(step.tokensIn())),
                Math.addExact(tokensOut, orZero(step.tokensOut())),
                step.cost() == null ? cost : cost.add(inRange(step.cost())),
                step.hash(),
                last ? stopReason(step) : stopReason,
                last ? step.accepted() : accepted,
                last ? step.startedAt() : finishedAt,
                terms == null ? null : terms.plus(step));
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static BigDecimal inRange(BigDecimal cost) {
        if (Math.abs((long) cost.scale()) > DIGITS || cost.precision() > DIGITS) {
            throw new IllegalArgumentException("A step's cost has more than %d digits".formatted(DIGITS));
        }
        return cost;
    }

    private static String stopReason(TraceStep last) {
        String findings = Objects.requireNonNull(last.texts().findings(), "findings");
        Stop stop = Objects.requireNonNull(Json.read(findings, Findings.class).stop(), "stop");
        return stop.reason().name().toLowerCase(Locale.ROOT);
    }
}
