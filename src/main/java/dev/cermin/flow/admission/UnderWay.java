package dev.cermin.flow.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The loops that have begun and not ended, as far as is known here, and how many more may begin: so many at once, and where
 * they end fast, as many as have ended within the last half second. A loop of which no end is heard counts until a time
 * that is set when it begins. Thread-safe.
 */
public final class UnderWay {
    private static final int SLOTS = 5;
    private static final long SLOT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final int least;
    private final LongSupplier nanos;
    private final Map<UUID, Instant> until = new HashMap<>();
    private final int[] ends = new int[SLOTS];
    private long slot;
    private Instant swept = Instant.MIN;

    /** @param least that may be under way at once, however slow they are; 1 or more */
    public UnderWay(int least) {
        this(least, System::nanoTime);
    }

    UnderWay(int least, LongSupplier nanos) {
        this.least = least;
        this.nanos = nanos;
        this.slot = nanos.getAsLong() / SLOT;
    }

    /** How many more may begin; 0 for none. */
    public synchronized int free(Instant now) {
        if (Duration.between(swept.equals(Instant.MIN) ? now : swept, now).compareTo(SWEEP) >= 0) {
            until.values().removeIf(end -> end.isBefore(now));
            swept = now;
        } else if (swept.equals(Instant.MIN)) {
            swept = now;
        }
        turn();
        int lately = 0;
        for (int count : ends) {
            lately += count;
        }
        return Math.max(0, Math.max(least, lately) - until.size());
    }

    /**
     * One begins; of one that has begun already, only the time is set anew.
     *
     * @param end by which it has ended for sure
     */
    public synchronized void begun(UUID id, Instant end) {
        until.put(id, end);
    }

    /** Whether it was under way. */
    public synchronized boolean ended(UUID id) {
        if (until.remove(id) == null) {
            return false;
        }
        turn();
        ends[(int) Math.floorMod(slot, (long) SLOTS)]++;
        return true;
    }

    /** It didn't begin after all. */
    public synchronized void forget(UUID id) {
        until.remove(id);
    }

    public synchronized int size() {
        return until.size();
    }

    private void turn() {
        long now = nanos.getAsLong() / SLOT;
        for (long passed = Math.min(now - slot, SLOTS); passed > 0; passed--) {
            ends[(int) Math.floorMod(now - passed + 1, (long) SLOTS)] = 0;
        }
        slot = now;
    }
}
