package dev.cermin.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a step is run with beside the loop's state.
 *
 * @param conversation that the loop answers; null: the agent's own prompts are the whole of it
 * @param cancelledBy who cancelled the task; null while nobody did. Asked before each call
 * @param mayWait whether the step can be run again later: then a {@link ModelAwayException} says that its model is away,
 *     which is a result of the step else
 */
public record StepContext(
        @Nullable Conversation conversation, Supplier<@Nullable String> cancelledBy, boolean mayWait) {
    public static final StepContext NONE = new StepContext(null, () -> null);

    public StepContext(@Nullable Conversation conversation, Supplier<@Nullable String> cancelledBy) {
        this(conversation, cancelledBy, false);
    }
}
