package dev.cermin.dispatch;

import dev.cermin.model.Limits;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one replica. Whoever must wait does so in order. What is left of a minute's requests and tokens is a token
 * bucket, as the large providers keep it: full at first, refilled evenly. That of the requests holds a tenth of a minute's,
 * so that a pause isn't followed by two minutes' worth in one; that of the tokens a whole minute's, which one call may need.
 * Tokens are estimated before a call and counted after it. Thread-safe.
 */
final class Limiter {
    private static final int TOLD_FROM_MILLIS = 10;

    private final Limits limits;
    private final @Nullable Semaphore slots;
    private final @Nullable Bucket requests;
    private final @Nullable Bucket tokens;
    private final AtomicInteger waiting = new AtomicInteger();

    Limiter(Limits limits) {
        this.limits = limits;
        slots = limits.concurrency() == 0 ? null : new Semaphore(limits.concurrency(), true);
        requests = bucket(limits.requestsPerMinute(), Math.max(1, limits.requestsPerMinute() / 10));
        tokens = bucket(limits.tokensPerMinute(), limits.tokensPerMinute());
    }

    private static @Nullable Bucket bucket(int perMinute, int most) {
        return perMinute == 0
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(most).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .withNanosecondPrecision()
                        .build();
    }

    int waiting() {
        return waiting.get();
    }

    /** Whether a call would have to wait for another one's end. */
    boolean full() {
        return slots != null && slots.availablePermits() == 0;
    }

    /** Slots in all; 0 for any number. */
    int concurrency() {
        return limits.concurrency();
    }

    /**
     * What a call got.
     *
     * @param refused the limit that it can't get past in time; null where it may be made
     * @param waited for the limits
     */
    record Grant(@Nullable Permit permit, String refused, long waited) {
        boolean told() {
            return waited > TOLD_FROM_MILLIS * 1_000_000L;
        }
    }

    /**
     * Waits for leave to make a call, or says at once that it would take too long.
     *
     * @param estimate of its tokens
     * @param most to wait, in nanoseconds
     */
    Grant acquire(long estimate, long most) throws InterruptedException {
        if (slots == null && requests == null && tokens == null) {
            return new Grant(new Permit(0), "", 0);
        }
        long begun = System.nanoTime();
        waiting.incrementAndGet();
        try {
            if (slots != null && !slots.tryAcquire(Math.max(0, most), TimeUnit.NANOSECONDS)) {
                return refused("calls at once", limits.concurrency(), begun);
            }
            boolean granted = false;
            try {
                if (!within(requests, 1, most - (System.nanoTime() - begun))) {
                    return refused("requests a minute", limits.requestsPerMinute(), begun);
                }
                // more than a minute's worth could never be had at once
                long reserved = Math.min(Math.max(1, estimate), limits.tokensPerMinute());
                if (!within(tokens, reserved, most - (System.nanoTime() - begun))) {
                    if (requests != null) {
                        requests.addTokens(1);
                    }
                    return refused("tokens a minute", limits.tokensPerMinute(), begun);
                }
                granted = true;
                return new Grant(new Permit(reserved), "", System.nanoTime() - begun);
            } finally {
                if (!granted && slots != null) {
                    slots.release();
                }
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static boolean within(@Nullable Bucket bucket, long amount, long most) throws InterruptedException {
        return bucket == null
                || bucket.tryConsume(amount)
                || (most > 0 && bucket.asBlocking().tryConsume(amount, most));
    }

    private static Grant refused(String what, int limit, long begun) {
        return new Grant(null, "its limit of %d %s".formatted(limit, what), System.nanoTime() - begun);
    }

    /** Leave to make one call; closed when that ended. Used by one thread at a time. */
    final class Permit implements AutoCloseable {
        private final long reserved;
        private long used;

        Permit(long reserved) {
            this.reserved = reserved;
        }

        /** What the provider counted. A call that failed has used none. */
        void used(long count) {
            used = count;
        }

        @Override
        public void close() {
            if (slots != null) {
                slots.release();
            }
            if (tokens != null && used > reserved) {
                tokens.consumeIgnoringRateLimits(used - reserved);
            } else if (tokens != null && used < reserved) {
                tokens.addTokens(reserved - used);
            }
        }
    }
}
