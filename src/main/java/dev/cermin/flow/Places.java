package dev.cermin.flow;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The places in the lanes that this process serves: as many steps of each run at once, by whatever way they came. Thread-safe. */
final class Places {
    private final Map<String, OfLane> lanes = new ConcurrentHashMap<>();
    private final Duration carryOn;

    /** @param carryOn for so long a message's work may go on into further steps; zero: each step is a message of its own */
    Places(Duration carryOn) {
        this.carryOn = carryOn;
    }

    /** Serves a lane with so many places. */
    void open(String lane, int concurrency) {
        lanes.put(lane, new OfLane(concurrency));
    }

    /** Waits for a place in a lane that is served here. */
    Place enter(String lane) throws InterruptedException {
        return enter(lane, () -> {});
    }

    /**
     * The same.
     *
     * @param onLeaving is told when the place moves on to another lane
     */
    Place enter(String lane, Runnable onLeaving) throws InterruptedException {
        OfLane entered = of(lane);
        entered.enter();
        return new Place(this, entered, onLeaving);
    }

    /** How many places of a lane are taken, by whatever way its steps came. */
    int taken(String lane) {
        OfLane there = lanes.get(lane);
        return there == null ? 0 : there.concurrency - there.free.availablePermits();
    }

    Duration carryOn() {
        return carryOn;
    }

    boolean serves(String lane) {
        return lanes.containsKey(lane);
    }

    OfLane of(String lane) {
        OfLane found = lanes.get(lane);
        if (found == null) {
            throw new IllegalStateException("Lane %s isn't served here; served are %s".formatted(lane, lanes.keySet()));
        }
        return found;
    }

    /** One lane's. */
    static final class OfLane {
        private static final long UNKNOWN = -1;

        private final int concurrency;
        private final Semaphore free;
        /** What a step takes, in nanoseconds. */
        private final AtomicLong usual = new AtomicLong(UNKNOWN);

        private OfLane(int concurrency) {
            this.concurrency = concurrency;
            this.free = new Semaphore(concurrency);
        }

        private void enter() throws InterruptedException {
            free.acquire();
        }

        /** Nobody who waits for a place is overtaken. */
        boolean tryEnter() {
            return !free.hasQueuedThreads() && free.tryAcquire();
        }

        void leave() {
            free.release();
        }

        /** A slow one counts more than a quick one: a lane gets the name of a quick one by many of them. */
        void took(long nanos) {
            usual.accumulateAndGet(nanos, (before, now) -> {
                long difference = now - before;
                return before == UNKNOWN ? now : before + difference / (difference > 0 ? 8 : 32);
            });
        }

        /** Whether a step would be done within so many nanoseconds, as far as those before it tell. */
        boolean fits(long nanos) {
            long known = usual.get();
            return known != UNKNOWN && known <= nanos;
        }
    }
}
