package dev.cermin.observe;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something belongs in a distributed trace, as W3C Trace Context writes it.
 *
 * @param traceparent version, trace id, span id and flags, such as
 *     {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
 * @param tracestate what tracing systems add of their own; null for nothing
 */
public record TraceParent(String traceparent, @Nullable String tracestate) {
    /** The name of its header, in HTTP and in Kafka; the other is {@link #STATE}. */
    public static final String HEADER = "traceparent";

    public static final String STATE = "tracestate";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int MAX_STATE = 512;

    /** What headers say; empty where they say nothing that is one. */
    public static Optional<TraceParent> of(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || !FORM.matcher(traceparent).matches()) {
            return Optional.empty();
        }
        boolean fits = tracestate != null && !tracestate.isBlank() && tracestate.length() <= MAX_STATE;
        return Optional.of(new TraceParent(traceparent, fits ? tracestate : null));
    }

    public String traceId() {
        return traceparent.substring(3, 35);
    }

    public String spanId() {
        return traceparent.substring(36, 52);
    }
}
