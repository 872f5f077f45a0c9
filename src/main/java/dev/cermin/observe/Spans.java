package dev.cermin.observe;

import dev.cermin.config.CerminConfig;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Usage;
import dev.cermin.tool.ToolUse;
import dev.cermin.trace.Findings;
import dev.cermin.trace.TraceStep;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a task: one distributed trace from the request to the last stored step. All that is done for the task has
 * one parent, the span that sent it, so that a long loop is a list and no staircase. Names and attributes are
 * OpenTelemetry's semantic conventions for messaging and for generative AI where there are some. While OpenTelemetry is
 * off, no span is made and what a caller's {@code traceparent} says is carried on as it came. Thread-safe.
 */
@Singleton
public class Spans {
    private final boolean on;
    private final boolean content;
    private final Tracer tracer;
    private final Logger events;
    private final LongHistogram tokens;
    private final DoubleHistogram duration;
    private final Supplier<@Nullable TraceParent> caller;

    @Inject
    Spans(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean disabled,
            CerminConfig config,
            Instance<CallerTrace> caller) {
        this(
                telemetry,
                !disabled,
                config.telemetry().content(),
                () -> caller.isResolvable() ? caller.get().get() : null);
    }

    Spans(OpenTelemetry telemetry, boolean on, boolean content, Supplier<@Nullable TraceParent> caller) {
        this.on = on;
        this.content = content;
        this.tracer = telemetry.getTracer("dev.cermin");
        this.events = telemetry.getLogsBridge().get("dev.cermin");
        Meter meter = telemetry.getMeter("dev.cermin");
        this.tokens = meter.histogramBuilder(GenAi.TOKEN_USAGE)
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Number of input and output tokens used.")
                .setExplicitBucketBoundariesAdvice(GenAi.TOKEN_BUCKETS)
                .build();
        this.duration = meter.histogramBuilder(GenAi.OPERATION_DURATION)
                .setUnit("s")
                .setDescription("GenAI operation duration.")
                .setExplicitBucketBoundariesAdvice(GenAi.DURATION_BUCKETS)
                .build();
        this.caller = caller;
    }

    /** The same work for another thread, within what this thread is within. */
    public static Runnable within(Runnable work) {
        return Context.current().wrap(work);
    }

    /** Whether spans are made. */
    public boolean on() {
        return on;
    }

    /** Something that is going on. */
    public static final class Work implements AutoCloseable {
        private final @Nullable Span span;
        private final @Nullable TraceParent place;

        private Work(@Nullable Span span, @Nullable TraceParent given) {
            this.span = span;
            this.place = span == null ? given : placeOf(span);
        }

        /** What messages about it are to carry; null where nobody traces. */
        public @Nullable TraceParent place() {
            return place;
        }

        /** Does what belongs to it. */
        public <T> T within(Supplier<T> part) {
            return span == null
                    ? part.get()
                    : Context.current().with(span).wrapSupplier(part).get();
        }

        public void failed(Throwable failure) {
            if (span != null) {
                span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
                span.setAttribute(Keys.ERROR, failure.getClass().getName());
            }
        }

        @Override
        public void close() {
            if (span != null) {
                span.end();
            }
        }
    }

    private static @Nullable TraceParent placeOf(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(Context.root().with(span), headers, (into, key, value) -> into.put(key, value));
        return TraceParent.of(headers.get(TraceParent.HEADER), headers.get(TraceParent.STATE))
                .orElse(null);
    }

    private static Context contextOf(@Nullable TraceParent parent) {
        if (parent == null) {
            return Context.root();
        }
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, new Getter());
    }

    private static final class Getter implements TextMapGetter<TraceParent> {
        @Override
        public Iterable<String> keys(TraceParent carrier) {
            return List.of(TraceParent.HEADER, TraceParent.STATE);
        }

        @Override
        public @Nullable String get(@Nullable TraceParent carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return key.equals(TraceParent.HEADER) ? carrier.traceparent() : carrier.tracestate();
        }
    }

    /**
     * A task is sent, for the request that this thread serves. To be closed when the broker has answered, by whatever
     * thread.
     */
    public Work sending(String topic, UUID task, String agent, String tenant) {
        TraceParent given = caller.get();
        if (!on) {
            return new Work(null, given);
        }
        Context request = Context.current();
        boolean within = Span.fromContext(request).getSpanContext().isValid();
        Span span = messaging("send", SpanKind.PRODUCER, topic)
                .setParent(within ? request : contextOf(given))
                .setAttribute(Keys.TASK, task.toString())
                .setAttribute(Keys.AI_AGENT, agent)
                .setAttribute(Keys.TENANT, tenant)
                .startSpan();
        return new Work(span, given);
    }

    /** A record is worked on. Where it says no parent, a trace begins here. */
    public Work processing(
            String topic, int partition, long offset, @Nullable String task, @Nullable TraceParent parent) {
        if (!on) {
            return new Work(null, parent);
        }
        SpanBuilder span = messaging("process", SpanKind.CONSUMER, topic)
                .setParent(contextOf(parent))
                .setAttribute(Keys.GROUP, topic)
                .setAttribute(Keys.PARTITION, String.valueOf(partition))
                .setAttribute(Keys.OFFSET, offset);
        if (task != null) {
            span.setAttribute(Keys.TASK, task);
        }
        return new Work(span.startSpan(), parent);
    }

    /** Steps of one task were stored. */
    public void stored(String topic, String group, TraceParent parent, int steps, Instant from, Instant to) {
        if (on) {
            messaging("process", SpanKind.CONSUMER, topic)
                    .setParent(contextOf(parent))
                    .setStartTimestamp(from)
                    .setAttribute(Keys.GROUP, group)
                    .setAttribute(Keys.BATCH, (long) steps)
                    .startSpan()
                    .end(to);
        }
    }

    private SpanBuilder messaging(String operation, SpanKind kind, String topic) {
        return tracer.spanBuilder(operation + " " + topic)
                .setSpanKind(kind)
                .setAttribute(Keys.SYSTEM, "kafka")
                .setAttribute(Keys.OPERATION, operation)
                .setAttribute(Keys.OPERATION_TYPE, operation)
                .setAttribute(Keys.DESTINATION, topic);
    }

    /**
     * A step was done, within the record that this thread works on: its span, those of its tool calls, what verifiers and
     * critics found as events, and the metrics of its model call.
     */
    public void executed(LoopState state, TraceStep step) {
        if (!on) {
            return;
        }
        String agent = state.plan().agent();
        Findings found = GenAi.findings(step);
        String error = found == null ? null : found.error();
        Instant end = step.startedAt().plusMillis(step.durationMillis());
        SpanBuilder builder = tracer.spanBuilder(GenAi.name(step)).setAllAttributes(GenAi.step(step, agent, content));
        Span span = (step.model() == null ? builder : builder.setSpanKind(SpanKind.CLIENT))
                .setStartTimestamp(step.startedAt())
                .startSpan();
        if (error != null) {
            span.setStatus(StatusCode.ERROR, error);
            span.setAttribute(Keys.ERROR, "_OTHER");
        }
        if (found != null && found.tools() != null) {
            found.tools().forEach(use -> tool(span, use, agent, step, end));
        }
        span.end(end);
        for (Attributes evaluation : GenAi.evaluations(step, content)) {
            events.logRecordBuilder()
                    .setEventName(GenAi.EVALUATION)
                    .setTimestamp(end)
                    .setContext(Context.current().with(span))
                    .setAllAttributes(evaluation)
                    .emit();
        }
        if (step.model() != null) {
            measure(step, error != null);
        }
    }

    /** When it began within the step isn't recorded: it has the step's time. */
    private void tool(Span within, ToolUse use, String agent, TraceStep step, Instant end) {
        Span span = tracer.spanBuilder("execute_tool " + use.name())
                .setParent(Context.current().with(within))
                .setAllAttributes(GenAi.tool(use, agent, step, content))
                .setStartTimestamp(step.startedAt())
                .startSpan();
        if (use.failed()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(end);
    }

    private void measure(TraceStep step, boolean failed) {
        duration.record(step.durationMillis() / 1000.0, GenAi.metric(step, null, failed));
        if (step.tokensIn() != null) {
            tokens.record(step.tokensIn(), GenAi.metric(step, "input", false));
        }
        if (step.tokensOut() != null) {
            tokens.record(step.tokensOut(), GenAi.metric(step, "output", false));
        }
    }

    /**
     * A loop has ended: one span over all of it, from the task's creation on, beside those of its steps.
     *
     * @param parent what its messages carry; null for nothing
     */
    public void finished(LoopState state, TraceStep last, @Nullable TraceParent parent) {
        if (!on) {
            return;
        }
        Usage usage = state.usage();
        Span span = tracer.spanBuilder("invoke_agent " + state.plan().agent())
                .setParent(contextOf(parent))
                .setStartTimestamp(state.task().createdAt())
                .setAttribute(Keys.AI_OPERATION, "invoke_agent")
                .setAttribute(Keys.AI_CONVERSATION, state.task().id().toString())
                .setAttribute(Keys.AI_AGENT, state.plan().agent())
                .setAttribute(Keys.AI_AGENT_VERSION, state.plan().version())
                .setAttribute(Keys.AI_IN, usage.tokensIn())
                .setAttribute(Keys.AI_OUT, usage.tokensOut())
                .setAttribute(Keys.TASK, state.task().id().toString())
                .setAttribute(Keys.TENANT, state.task().tenant())
                .setAttribute(Keys.ROUND, (long) state.round())
                .setAttribute(Keys.ACCEPTED, Boolean.TRUE.equals(last.accepted()))
                .setAttribute(Keys.STOP, state.outcome().stop().reason().name().toLowerCase(Locale.ROOT))
                .startSpan();
        span.end(last.startedAt());
    }
}
