package dev.cermin;

import dev.cermin.loop.Outcome;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;

/** The metadata of a response that was reflected on: its token usage is that of the whole loop. */
public final class ReflectedResponseMetadata extends ChatResponseMetadata {
    private final Outcome outcome;

    private ReflectedResponseMetadata(Builder builder) {
        super(builder);
        this.outcome = builder.outcome;
    }

    static ReflectedResponseMetadata of(Outcome outcome, String model) {
        var usage = outcome.usage();
        return new Builder(outcome)
                .id(outcome.taskId().toString())
                .modelName(model)
                .tokenUsage(new TokenUsage(
                        Math.toIntExact(Math.min(usage.tokensIn(), Integer.MAX_VALUE)),
                        Math.toIntExact(Math.min(usage.tokensOut(), Integer.MAX_VALUE))))
                .finishReason(FinishReason.STOP)
                .build();
    }

    /** Every attempt, every verdict, the stop reason. */
    public Outcome outcome() {
        return outcome;
    }

    /** AI services sum token usage up by this; the outcome stays. */
    @Override
    public ChatResponseMetadata.Builder<?> toBuilder() {
        return toBuilder(new Builder(outcome));
    }

    private static final class Builder extends ChatResponseMetadata.Builder<Builder> {
        private final Outcome outcome;

        Builder(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public ReflectedResponseMetadata build() {
            return new ReflectedResponseMetadata(this);
        }
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof ReflectedResponseMetadata reflected
                && outcome.equals(reflected.outcome);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), outcome);
    }

    @Override
    public String toString() {
        return "%s of %s: %s".formatted(super.toString(), outcome.agent(), outcome.stop());
    }
}
