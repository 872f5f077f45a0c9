package dev.cermin.flow;

import io.smallrye.faulttolerance.core.retry.ExponentialBackOff;
import io.smallrye.faulttolerance.core.retry.Jitter;
import io.smallrye.faulttolerance.core.retry.RandomJitter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When what failed is tried again.
 *
 * @param delay after the first failure; each further one doubles it
 * @param maxDelay the longest
 * @param jitter by so much it is longer or shorter, at random
 * @param maxDuration from the first failure on
 */
record Retry(Duration delay, Duration maxDelay, Duration jitter, Duration maxDuration) {
    private static final int DOUBLED_AT_MOST = 40;

    Retry {
        if (!delay.isPositive() || maxDelay.compareTo(delay) < 0 || jitter.isNegative() || maxDuration.isNegative()) {
            throw new IllegalArgumentException(
                    "delay is above 0, max-delay not below it, jitter and max-duration 0 or more; not %s, %s, %s and %s"
                            .formatted(delay, maxDelay, jitter, maxDuration));
        }
    }

    /** @param failures so far, from 1 */
    Duration after(int failures) {
        Jitter random = jitter.toMillis() == 0 ? Jitter.ZERO : new RandomJitter(jitter.toMillis());
        var delays = new ExponentialBackOff(delay.toMillis(), 2, random, maxDelay.toMillis());
        long millis = 0;
        for (int i = 0; i < Math.min(failures, DOUBLED_AT_MOST); i++) {
            millis = delays.getInMillis(null);
        }
        return Duration.ofMillis(Math.max(1, millis));
    }

    /** @param asked how long whoever is called asks to wait, which counts up to the longest delay; null for no wish */
    Duration after(int failures, @Nullable Duration asked) {
        Duration own = after(failures);
        Duration wanted = asked == null || asked.compareTo(own) < 0 ? own : asked;
        return wanted.compareTo(maxDelay) < 0 ? wanted : maxDelay;
    }

    /** Whether it has been tried for long enough. */
    boolean exhausted(@Nullable Instant firstFailure, Instant now) {
        return firstFailure != null && !now.isBefore(firstFailure.plus(maxDuration));
    }
}
