package dev.cermin.export;

import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Spans and events over OTLP: sent to a collector by HTTP, or as the lines of an OTLP/JSON file. Not thread-safe.
 */
public final class Otlp implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final OtlpHttpSpanExporter spans;
    private final OtlpHttpLogRecordExporter events;
    private final URI endpoint;

    /** @param endpoint of a collector, as {@code http://127.0.0.1:4318}; {@code /v1/traces} and {@code /v1/logs} are below */
    public Otlp(URI endpoint) {
        this.endpoint = endpoint;
        String base = endpoint.toString().replaceFirst("/+$", "");
        this.spans =
                OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
        this.events = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(base + "/v1/logs")
                .build();
    }

    /**
     * Sends a trace; returns when the collector has it.
     *
     * @throws UncheckedIOException where it doesn't take it, tried several times
     */
    public void send(OtelTrace trace) {
        require(spans.export(trace.spans()));
        if (!trace.events().isEmpty()) {
            require(events.export(trace.events()));
        }
    }

    private void require(CompletableResultCode sent) {
        if (!sent.join(PATIENCE_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            throw new UncheckedIOException(new IOException("The collector at %s did not take the spans%s"
                    .formatted(
                            endpoint,
                            sent.getFailureThrowable() == null
                                    ? ""
                                    : ": " + sent.getFailureThrowable().getMessage())));
        }
    }

    /** The trace as lines of an OTLP/JSON file: one of its spans, and one of its events where it has any. */
    public static List<String> lines(OtelTrace trace) {
        try {
            List<String> lines = new ArrayList<>();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            TraceRequestMarshaler.create(trace.spans()).writeJsonTo(all);
            lines.add(all.toString(StandardCharsets.UTF_8));
            if (!trace.events().isEmpty()) {
                all.reset();
                LogsRequestMarshaler.create(trace.events()).writeJsonTo(all);
                lines.add(all.toString(StandardCharsets.UTF_8));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spans.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
        events.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
