package dev.cermin.export;

import dev.cermin.observe.GenAi;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A stored trace as spans and events, by the conventions that {@link GenAi} names: {@code invoke_agent} over the whole
 * task, in it a span a step, in that a span a tool call; what verifiers and critics found are events of the draft's span.
 * Their ids follow from the task's: exported again, they are the same.
 *
 * @param spans the task's first
 * @param events in the order of their steps
 */
public record OtelTrace(List<SpanData> spans, List<LogRecordData> events) {
    private static final Resource RESOURCE =
            Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "cermin"));

    public OtelTrace {
        spans = List.copyOf(spans);
        events = List.copyOf(events);
    }

    /**
     * Of a trace from its first step on.
     *
     * @param content whether what was read and written is in them
     * @throws IllegalArgumentException where the terms of its first step were erased
     */
    public static OtelTrace of(List<TraceStep> steps, boolean content) {
        TraceLine line = TraceLine.of(steps);
        List<SpanData> spans = new ArrayList<>();
        List<LogRecordData> events = new ArrayList<>();
        SpanContext task = context(line.task(), "task");
        spans.add(whole(line, steps, task));
        SpanContext draft = task;
        for (TraceStep step : steps) {
            if (step.kind() == StepKind.SUBMIT || step.kind() == StepKind.FINISH) {
                continue;
            }
            SpanContext own = context(line.task(), "step " + step.number());
            if (step.kind() == StepKind.GENERATE || step.kind() == StepKind.CORRECT) {
                draft = own;
            }
            step(spans, step, line.agent(), own, task, content);
            for (Attributes evaluation : GenAi.evaluations(step, content)) {
                events.add(new StoredEvent(draft, end(step), evaluation, RESOURCE));
            }
        }
        return new OtelTrace(spans, events);
    }

    private static SpanData whole(TraceLine line, List<TraceStep> steps, SpanContext task) {
        Instant end = line.finishedAt() == null ? end(steps.getLast()) : line.finishedAt();
        return new StoredSpan(
                "invoke_agent " + line.agent(),
                SpanKind.INTERNAL,
                task,
                SpanContext.getInvalid(),
                StatusData.unset(),
                line.createdAt(),
                end,
                Attributes.builder()
                        .put("gen_ai.operation.name", "invoke_agent")
                        .put("gen_ai.agent.name", line.agent())
                        .put("gen_ai.agent.version", line.agentVersion())
                        .put("gen_ai.conversation.id", line.task().toString())
                        .put("gen_ai.usage.input_tokens", line.tokensIn())
                        .put("gen_ai.usage.output_tokens", line.tokensOut())
                        .put("cermin.task.id", line.task().toString())
                        .put("cermin.tenant", line.tenant())
                        .put("cermin.round", line.rounds())
                        .put("cermin.accepted", Boolean.TRUE.equals(line.accepted()))
                        .put("cermin.stop_reason", line.stopReason() == null ? "" : line.stopReason())
                        .build(),
                RESOURCE);
    }

    private static void step(
            List<SpanData> spans, TraceStep step, String agent, SpanContext own, SpanContext task, boolean content) {
        Findings found = GenAi.findings(step);
        boolean failed = found != null && found.error() != null;
        Attributes attributes = GenAi.step(step, agent, content);
        spans.add(new StoredSpan(
                GenAi.name(step),
                step.model() == null ? SpanKind.INTERNAL : SpanKind.CLIENT,
                own,
                task,
                failed ? StatusData.create(StatusCode.ERROR, found.error()) : StatusData.unset(),
                step.startedAt(),
                end(step),
                failed ? attributes.toBuilder().put("error.type", "_OTHER").build() : attributes,
                RESOURCE));
        if (found == null || found.tools() == null) {
            return;
        }
        for (int i = 0; i < found.tools().size(); i++) {
            var use = found.tools().get(i);
            spans.add(new StoredSpan(
                    "execute_tool " + use.name(),
                    SpanKind.INTERNAL,
                    context(step.taskId(), "step " + step.number() + " tool " + i),
                    own,
                    use.failed() ? StatusData.error() : StatusData.unset(),
                    step.startedAt(),
                    end(step),
                    GenAi.tool(use, agent, step, content),
                    RESOURCE));
        }
    }

    private static Instant end(TraceStep step) {
        return step.startedAt().plusMillis(step.durationMillis());
    }

    private static SpanContext context(UUID task, String part) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((task + " " + part).getBytes(StandardCharsets.UTF_8));
            return SpanContext.create(
                    task.toString().replace("-", ""),
                    HexFormat.of().formatHex(hash, 0, 8),
                    TraceFlags.getSampled(),
                    TraceState.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
