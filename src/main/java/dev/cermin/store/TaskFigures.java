package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.trace.Origin;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a task's row has to be by its steps. */
public final class TaskFigures {
    private static final String STOP = "{\"stop\":{\"reason\":\"FAILED\",\"detail\":\"erased\"}}";

    private TaskFigures() {}

    /** What of a submit step's terms the task's row has. */
    public record Submitted(
            String tenant, Instant createdAt, @Nullable Instant deadline, Pin plan) {
        /** The agent that the task runs on. */
        public record Pin(String agent, String version, String pin) {}

        public Origin origin() {
            return new Origin(tenant, createdAt);
        }
    }

    /** As they are written down: the rest of them is passed over, which is most. */
    private record Written(@Nullable Submitted terms) {}

    /**
     * Null where they were erased.
     *
     * @throws RuntimeException where the step has none
     */
    public static @Nullable Submitted terms(TraceStep submit) {
        String findings = submit.texts().findings();
        return findings == null
                ? null
                : Objects.requireNonNull(Json.read(findings, Written.class).terms(), "terms");
    }

    /**
     * The row that follows from steps.
     *
     * @param steps whose chain holds, all of them, the submit step first
     * @param terms of the first step; null where they were erased
     * @param stored what the row is: where the text that would tell was erased, it is believed
     * @throws RuntimeException where the steps have no such form
     */
    public static TaskSummary of(List<TraceStep> steps, @Nullable Submitted terms, TaskSummary stored) {
        NavigableMap<Integer, TraceStep> byNumber = new TreeMap<>();
        boolean stopErased = false;
        for (TraceStep step : steps) {
            boolean erased = step.kind() == StepKind.FINISH && step.texts().findings() == null;
            stopErased |= erased;
            byNumber.put(step.number(), erased ? withStop(step) : step);
        }
        TaskChange change = TaskChange.figures(steps.getFirst()).with(byNumber);
        Origin origin = terms == null ? null : terms.origin();
        return new TaskSummary(
                change.id(),
                origin == null ? stored.tenant() : origin.tenant(),
                terms == null ? stored.agent() : terms.plan().agent(),
                terms == null ? stored.agentVersion() : terms.plan().version(),
                terms == null ? stored.agentHash() : terms.plan().pin(),
                origin == null ? stored.createdAt() : origin.createdAt(),
                terms == null ? stored.deadline() : terms.deadline(),
                change.steps(),
                change.rounds(),
                change.calls(),
                change.tokensIn(),
                change.tokensOut(),
                change.cost(),
                stopErased ? stored.stopReason() : change.stopReason(),
                change.accepted(),
                change.finishedAt(),
                change.head());
    }

    private static TraceStep withStop(TraceStep step) {
        Texts texts = step.texts();
        return step.with(new Texts(texts.prompt(), texts.response(), texts.thinking(), texts.output(), STOP));
    }
}
