package dev.cermin.eval.report;

import dev.cermin.eval.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to answer the items, and how it did.
 *
 * @param answers such as {@code single shot}, {@code best of n}, {@code reflection, round 1}, {@code reflection}
 * @param method that gave them
 * @param round corrections made at most; null for a baseline
 * @param accuracy under each convention, the one that decides first
 * @param spent on them; on a round, with all that came before it
 * @param tokensPerGain tokens beyond the single shot's for each answer that is right beyond the single shot's; null
 *     where there are none
 */
public record Row(
        String answers,
        Method method,
        @Nullable Integer round,
        List<Accuracy> accuracy,
        Spent spent,
        @Nullable Double tokensPerGain) {
    public Row {
        accuracy = List.copyOf(accuracy);
    }

    /** By the convention that decides. */
    public Accuracy decisive() {
        return accuracy.getFirst();
    }
}
