package dev.cermin.dispatch;

import dev.cermin.model.Model;
import dev.langchain4j.exception.TimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What answers behind a replica. It is made once, in a thread of its own: weights may load for minutes, and no call is to
 * wait longer than is of use to it. Thread-safe.
 */
final class Engine {
    private final String shown;
    private final Supplier<Model> maker;
    private final Duration delay;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Model made;
    private @Nullable Start start;
    private boolean closed;

    /**
     * @param shown for messages
     * @param delay a start that failed is not tried again for so long; calls fail as it did till then
     */
    Engine(String shown, Supplier<Model> maker, Duration delay) {
        this.shown = shown;
        this.maker = maker;
        this.delay = delay;
    }

    /** Null before it is made. */
    @Nullable
    Model made() {
        return made;
    }

    /**
     * The model; where it isn't made yet, it begins to be.
     *
     * @param nanos to wait at most; 0 or less not to wait
     * @throws TimeoutException where it takes longer; it goes on nevertheless
     * @throws RuntimeException what making it failed with
     */
    Model within(long nanos) {
        Model known = made;
        if (known != null) {
            return known;
        }
        Start current = current();
        try {
            return current.task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw Interrupted.from(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("%s is not ready: it has been starting for %s"
                    .formatted(shown, Words.time(System.nanoTime() - current.begun)));
        } catch (CancellationException e) {
            throw closed();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Begins to make it, unless that has begun. */
    void begin() {
        if (made == null) {
            current();
        }
    }

    private Start current() {
        lock.lock();
        try {
            if (closed) {
                throw closed();
            }
            if (start == null || start.failedBefore(delay)) {
                start = new Start();
            }
            return start;
        } finally {
            lock.unlock();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException("%s is closed. Build a new one.".formatted(shown));
    }

    /** Ends a start; what was made is closed by whoever gave the maker. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (start != null) {
                start.task.cancel(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Start {
        private final long begun = System.nanoTime();
        private volatile long ended = begun;
        private volatile boolean failed;
        private final FutureTask<Model> task = new FutureTask<>(this::make);

        Start() {
            Thread.ofPlatform().daemon().name("cermin-start-" + shown).start(task);
        }

        private Model make() {
            boolean whole = false;
            try {
                Model model = maker.get();
                made = model;
                whole = true;
                return model;
            } finally {
                ended = System.nanoTime();
                failed = !whole;
            }
        }

        boolean failedBefore(Duration time) {
            return failed && System.nanoTime() - ended >= time.toNanos();
        }
    }
}
