package dev.cermin.eval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of one item by one method.
 *
 * @param task whose trace has the whole of it
 * @param stop why the loop ended, such as {@code accepted}; {@code failed} where there is no draft
 * @param answer the one given; empty where there is none
 * @param shot the first draft alone, before anything judged it: the single shot; null where there is none
 * @param rounds in order, the last being the answer's; empty where there is none
 * @param fault why there is no answer; null where there is one
 */
public record Answered(
        UUID task,
        String stop,
        String answer,
        @Nullable After shot,
        List<After> rounds,
        @Nullable String fault) {
    public Answered {
        rounds = List.copyOf(rounds);
    }

    /** Whether the answer is right; an item without one counts as wrong. */
    public boolean right() {
        return last().map(after -> after.score().right()).orElse(false);
    }

    public Optional<After> last() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }

    /** Where the loop stood after at most so many corrections: one that ended earlier stands where it ended. */
    public Optional<After> after(int corrections) {
        return rounds.stream().filter(after -> after.round() <= corrections).reduce((earlier, later) -> later);
    }
}
