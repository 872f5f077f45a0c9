package dev.cermin.dispatch;

import java.time.Duration;

/**
 * When a replica is left alone, in the terms of MicroProfile Fault Tolerance. Failures are those of the replica: it can't
 * be reached, is late, sends no answer, or doesn't know the key or the model. A request that it refuses is none, nor is 429.
 *
 * @param requestVolumeThreshold so many of the last calls are looked at, from 1
 * @param failureRatio of them that opens the breaker, above 0, at most 1
 * @param delay till one call tries it again, above 0; when that is answered, the breaker closes
 */
public record BreakerRules(int requestVolumeThreshold, double failureRatio, Duration delay) {
    /** Five of the last ten calls, for ten seconds. */
    public static final BreakerRules DEFAULT = new BreakerRules(10, 0.5, Duration.ofSeconds(10));

    public BreakerRules {
        if (requestVolumeThreshold < 1 || !(failureRatio > 0 && failureRatio <= 1) || !delay.isPositive()) {
            throw new IllegalArgumentException(
                    "A breaker looks at 1 call or more, opens at a ratio above 0, at most 1, and for a time above 0, not %d, %s and %s"
                            .formatted(requestVolumeThreshold, failureRatio, delay));
        }
    }
}
