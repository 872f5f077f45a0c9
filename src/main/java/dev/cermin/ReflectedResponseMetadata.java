package dev.cermin;

import dev.cermin.loop.Outcome;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;

/** The metadata of a response that was reflected on: its token usage is that of the whole loop. */
public final class ReflectedResponseMetadata extends ChatResponseMetadata {
    private final Outcome outcome;

    private ReflectedResponseMetadata(Builder<?> builder, Outcome outcome) {
        super(builder);
        this.outcome = outcome;
    }

    static ReflectedResponseMetadata of(Outcome outcome, String model) {
        var usage = outcome.usage();
        return new ReflectedResponseMetadata(
                ChatResponseMetadata.builder()
                        .id(outcome.taskId().toString())
                        .modelName(model)
                        .tokenUsage(new TokenUsage(
                                Math.toIntExact(Math.min(usage.tokensIn(), Integer.MAX_VALUE)),
                                Math.toIntExact(Math.min(usage.tokensOut(), Integer.MAX_VALUE))))
                        .finishReason(FinishReason.STOP),
                outcome);
    }

    /** Every attempt, every verdict, the stop reason. */
    public Outcome outcome() {
        return outcome;
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
}
