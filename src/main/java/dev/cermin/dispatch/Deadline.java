package dev.cermin.dispatch;

import dev.cermin.model.OutOfTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Until when an answer is of use.
 *
 * @param at by {@link System#nanoTime}
 * @param none whether there is none
 */
record Deadline(long at, boolean none) {
    private static final Deadline NONE = new Deadline(0, true);
    /** Longer than any wait, and short enough to be added to. */
    private static final long FOREVER = Duration.ofDays(3650).toNanos();

    /** @throws OutOfTimeException where it is past */
    static Deadline in(@Nullable Duration left) {
        if (left == null || left.toDays() >= 3650) {
            return NONE;
        }
        if (!left.isPositive()) {
            throw new OutOfTimeException("The deadline is past");
        }
        return new Deadline(System.nanoTime() + left.toNanos(), false);
    }

    /** Nanoseconds; zero or less where it is past. */
    long left() {
        return none ? FOREVER : at - System.nanoTime();
    }
}
