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
        lanes.put(lane, new OfLane(new Semaphore(concurrency)));
    }

    /** Waits for a place in a lane that is served here. */
    Place enter(String lane) throws InterruptedException {
        OfLane entered = of(lane);
        entered.enter();
        return new Place(this, entered);
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

        private final Semaphore free;
        /** What a step takes, in nanoseconds: the latest one counts an eighth. */
        private final AtomicLong usual = new AtomicLong(UNKNOWN);

        private OfLane(Semaphore free) {
            this.free = free;
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

        void took(long nanos) {
            usual.accumulateAndGet(nanos, (before, now) -> before == UNKNOWN ? now : before + (now - before) / 8);
        }

        /** Whether a step would be done within so many nanoseconds, as far as those before it tell. */
        boolean fits(long nanos) {
            long known = usual.get();
            return known != UNKNOWN && known <= nanos;
        }
    }
}
