package dev.cermin.observe;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.Usage;
import dev.cermin.trace.TraceStep;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
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
    private final Tracer tracer;
    private final Supplier<@Nullable TraceParent> caller;

    @Inject
    Spans(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean disabled,
            Instance<CallerTrace> caller) {
        this(telemetry, !disabled, () -> caller.isResolvable() ? caller.get().get() : null);
    }

    Spans(OpenTelemetry telemetry, boolean on, Supplier<@Nullable TraceParent> caller) {
        this.on = on;
        this.tracer = telemetry.getTracer("dev.cermin");
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
                span.setAttribute(Attributes.ERROR, failure.getClass().getName());
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
                .setAttribute(Attributes.TASK, task.toString())
                .setAttribute(Attributes.AI_AGENT, agent)
                .setAttribute(Attributes.TENANT, tenant)
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
                .setAttribute(Attributes.GROUP, topic)
                .setAttribute(Attributes.PARTITION, String.valueOf(partition))
                .setAttribute(Attributes.OFFSET, offset);
        if (task != null) {
            span.setAttribute(Attributes.TASK, task);
        }
        return new Work(span.startSpan(), parent);
    }

    /** Steps of one task were stored. */
    public void stored(String topic, String group, TraceParent parent, int steps, Instant from, Instant to) {
        if (on) {
            messaging("process", SpanKind.CONSUMER, topic)
                    .setParent(contextOf(parent))
                    .setStartTimestamp(from)
                    .setAttribute(Attributes.GROUP, group)
                    .setAttribute(Attributes.BATCH, (long) steps)
                    .startSpan()
                    .end(to);
        }
    }

    private SpanBuilder messaging(String operation, SpanKind kind, String topic) {
        return tracer.spanBuilder(operation + " " + topic)
                .setSpanKind(kind)
                .setAttribute(Attributes.SYSTEM, "kafka")
                .setAttribute(Attributes.OPERATION, operation)
                .setAttribute(Attributes.OPERATION_TYPE, operation)
                .setAttribute(Attributes.DESTINATION, topic);
    }

    /** A step was done, within the record that this thread works on. */
    public void executed(LoopState state, StepResult result, TraceStep step) {
        if (!on) {
            return;
        }
        SpanBuilder builder;
        if (step.model() == null) {
            builder = tracer.spanBuilder(step.kind().key());
        } else {
            builder = tracer.spanBuilder("chat " + step.model())
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(Attributes.AI_OPERATION, "chat")
                    .setAttribute(Attributes.AI_MODEL, step.model())
                    .setAttribute(Attributes.AI_PROVIDER, step.provider() == null ? "_OTHER" : step.provider());
            set(builder, Attributes.AI_IN, step.tokensIn());
            set(builder, Attributes.AI_OUT, step.tokensOut());
            sampling(builder, step.parameters());
        }
        builder.setStartTimestamp(step.startedAt())
                .setAttribute(Attributes.AI_AGENT, state.plan().agent())
                .setAttribute(Attributes.TASK, step.taskId().toString())
                .setAttribute(Attributes.STEP, (long) step.number())
                .setAttribute(Attributes.KIND, step.kind().key())
                .setAttribute(Attributes.ROUND, (long) step.round())
                .setAttribute(Attributes.ATTEMPT, (long) step.attempt());
        if (step.accepted() != null) {
            builder.setAttribute(Attributes.ACCEPTED, step.accepted());
        }
        Span span = builder.startSpan();
        if (result instanceof StepResult.Failed failed) {
            span.setStatus(StatusCode.ERROR, failed.error());
            span.setAttribute(Attributes.ERROR, "_OTHER");
        }
        span.end(step.startedAt().plusMillis(step.durationMillis()));
    }

    private static void sampling(SpanBuilder span, @Nullable Map<String, String> parameters) {
        if (parameters == null) {
            return;
        }
        parameters.forEach((name, value) -> {
            String key = "gen_ai.request." + name.replace('-', '_');
            switch (name) {
                case "temperature", "top-p" -> span.setAttribute(key, Double.parseDouble(value));
                case "max-tokens", "seed" -> span.setAttribute(key, Long.parseLong(value));
                default -> span.setAttribute(key, value);
            }
        });
    }

    private static void set(SpanBuilder span, AttributeKey<Long> key, @Nullable Long value) {
        if (value != null) {
            span.setAttribute(key, value);
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
                .setAttribute(Attributes.AI_OPERATION, "invoke_agent")
                .setAttribute(Attributes.AI_AGENT, state.plan().agent())
                .setAttribute(Attributes.AI_AGENT_VERSION, state.plan().version())
                .setAttribute(Attributes.AI_IN, usage.tokensIn())
                .setAttribute(Attributes.AI_OUT, usage.tokensOut())
                .setAttribute(Attributes.TASK, state.task().id().toString())
                .setAttribute(Attributes.TENANT, state.task().tenant())
                .setAttribute(Attributes.ROUND, (long) state.round())
                .setAttribute(Attributes.ACCEPTED, Boolean.TRUE.equals(last.accepted()))
                .setAttribute(
                        Attributes.STOP, state.outcome().stop().reason().name().toLowerCase(Locale.ROOT))
                .startSpan();
        span.end(last.startedAt());
    }
}
