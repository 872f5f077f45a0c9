package dev.cermin.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a step is run with beside the loop's state.
 *
 * @param conversation that the loop answers; null: the agent's own prompts are the whole of it
 * @param cancelledBy who cancelled the task; null while nobody did. Asked before each call
 */
public record StepContext(@Nullable Conversation conversation, Supplier<@Nullable String> cancelledBy) {
    public static final StepContext NONE = new StepContext(null, () -> null);
}
