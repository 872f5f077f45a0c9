package dev.cermin.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** So many a minute: a tenth of them at once, the rest as the minute goes on. Thread-safe. */
final class Rate {
    private final Bucket bucket;

    Rate(int perMinute) {
        this.bucket = Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(Math.max(1, perMinute / 10)).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withNanosecondPrecision()
                .build();
    }

    /** Takes one, where there is one: then 0; else the seconds until there is, 1 or more. */
    long take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? 0
                : Duration.ofNanos(probe.getNanosToWaitForRefill())
                        .plusNanos(999_999_999)
                        .toSeconds();
    }
}
