package dev.cermin.policy;

import java.time.Duration;

/**
 * The wall-clock time of a loop, looked at before each model call; a call under way is let end.
 *
 * @param limit from the task's creation to its end, more than 0; default 10 minutes
 */
public record Timeout(Duration limit) implements Rule {
    public static final Timeout DEFAULT = new Timeout(Duration.ofMinutes(10));

    public Timeout {
        Ranges.require(!limit.isNegative() && !limit.isZero(), "timeout is longer than 0, not " + limit);
    }

    public static Timeout of(Duration limit) {
        return new Timeout(limit);
    }
}
