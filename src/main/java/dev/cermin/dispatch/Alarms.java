package dev.cermin.dispatch;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls that take too long, by interrupting their thread. The library's own time-out is fixed when it is built; here
 * it is what the deadline leaves of each call. Thread-safe.
 */
final class Alarms {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("cermin-dispatch-", 0).daemon().factory());

    Alarms() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** For what else is to be done later. */
    ScheduledFuture<?> after(long millis, Runnable task) {
        return timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * The result of the work. What that throws is thrown on.
     *
     * @param late thrown where it took too long and was ended
     */
    <T> T within(long nanos, Supplier<T> work, Supplier<RuntimeException> late) {
        Alarm alarm = new Alarm();
        ScheduledFuture<?> set = timer.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (alarm.off()) {
                throw late.get();
            }
            throw e;
        } finally {
            set.cancel(false);
            alarm.off();
        }
    }

    void close() {
        timer.shutdownNow();
    }

    /** Interrupts once, and never after it was turned off. */
    private static final class Alarm implements Runnable {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Thread sleeper = Thread.currentThread();
        private boolean rang;

        @Override
        public void run() {
            lock.lock();
            try {
                if (sleeper != null) {
                    rang = true;
                    sleeper.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        /** Whether it rang; the interrupt was its own then, and is taken back. */
        boolean off() {
            lock.lock();
            try {
                if (sleeper != null && rang) {
                    Thread.interrupted();
                }
                sleeper = null;
                return rang;
            } finally {
                lock.unlock();
            }
        }
    }
}
