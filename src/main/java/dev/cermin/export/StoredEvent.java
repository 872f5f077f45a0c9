package dev.cermin.export;

import dev.cermin.observe.GenAi;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;

/** What a verifier or a critic found, about the span of the draft. */
record StoredEvent(SpanContext about, Instant at, Attributes attributes, Resource resource) implements LogRecordData {
    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return StoredSpan.SCOPE;
    }

    @Override
    public long getTimestampEpochNanos() {
        return StoredSpan.nanos(at);
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return StoredSpan.nanos(at);
    }

    @Override
    public SpanContext getSpanContext() {
        return about;
    }

    @Override
    public Severity getSeverity() {
        return Severity.UNDEFINED_SEVERITY_NUMBER;
    }

    @Override
    @SuppressWarnings("NullAway") // null for none, as the interface has it
    public String getSeverityText() {
        return "";
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // the interface still asks for it
    public Body getBody() {
        return Body.empty();
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public String getEventName() {
        return GenAi.EVALUATION;
    }
}
