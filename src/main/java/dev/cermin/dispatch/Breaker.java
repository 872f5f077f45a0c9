package dev.cermin.dispatch;

import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import io.smallrye.faulttolerance.core.Invocation;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker;
import io.smallrye.faulttolerance.core.stopwatch.SystemStopwatch;
import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import io.smallrye.faulttolerance.core.util.PredicateBasedExceptionDecision;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * SmallRye's circuit breaker around the calls of one replica. Its core is used, not its builders: these start threads that
 * keep a JVM from ending. Thread-safe.
 */
final class Breaker {
    private final CircuitBreaker<Object> breaker;
    private final AtomicBoolean probing = new AtomicBoolean();

    /** @param counts which failures are the replica's own */
    Breaker(String description, BreakerRules rules, Predicate<Throwable> counts, Alarms alarms) {
        breaker = new CircuitBreaker<>(
                Invocation.invocation(),
                description,
                new PredicateBasedExceptionDecision(counts.negate()),
                rules.delay().toMillis(),
                rules.requestVolumeThreshold(),
                rules.failureRatio(),
                1,
                SystemStopwatch.INSTANCE,
                new DaemonTimer(alarms));
    }

    Health.State state() {
        return switch (breaker.currentState()) {
            case CircuitBreaker.STATE_OPEN -> Health.State.OPEN;
            case CircuitBreaker.STATE_HALF_OPEN -> Health.State.HALF_OPEN;
            default -> Health.State.CLOSED;
        };
    }

    /** Whether a call would be let through: in the half-open state there is one at a time. */
    boolean admits() {
        return switch (state()) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> !probing.get();
        };
    }

    /** Claims the right to call; null where another has it, or the breaker is open. */
    @Nullable
    Turn turn() {
        return switch (state()) {
            case CLOSED -> Turn.USUAL;
            case OPEN -> null;
            case HALF_OPEN -> probing.compareAndSet(false, true) ? new Turn(probing) : null;
        };
    }

    /** @throws CircuitBreakerOpenException where it has opened since the turn was taken */
    <T> T call(Supplier<T> work) {
        Work<T> run = new Work<>(work);
        breaker.apply(new FaultToleranceContext<>(run, false)).then(run::failed);
        return run.result();
    }

    /** To be closed after the call, or where none was made. */
    record Turn(@Nullable AtomicBoolean probing) implements AutoCloseable {
        static final Turn USUAL = new Turn(null);

        @Override
        public void close() {
            if (probing != null) {
                probing.set(false);
            }
        }
    }

    /** Runs in the calling thread; the breaker's future would clear the thread's interrupt. */
    private static final class Work<T> implements Supplier<Future<Object>> {
        private final Supplier<T> work;
        private @Nullable T value;
        private @Nullable Throwable error;

        Work(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public Future<Object> get() {
            try {
                T done = work.get();
                value = done;
                return Future.of(done);
            } catch (RuntimeException e) {
                return Future.ofError(e);
            }
        }

        void failed(@Nullable Object ignored, @Nullable Throwable why) {
            error = why;
        }

        @SuppressWarnings("NullAway")
        T result() {
            if (error instanceof RuntimeException e) {
                throw e;
            }
            if (error != null) {
                throw new IllegalStateException(error);
            }
            return value;
        }
    }

    /** What the breaker needs of a timer, on a thread that keeps no JVM from ending. */
    private record DaemonTimer(Alarms alarms) implements Timer {
        @Override
        public int getId() {
            return 0;
        }

        @Override
        public TimerTask schedule(long delayInMillis, Runnable task) {
            ScheduledFuture<?> scheduled = alarms.after(delayInMillis, task);
            return new TimerTask() {
                @Override
                public boolean isDone() {
                    return scheduled.isDone();
                }

                @Override
                public boolean cancel() {
                    return scheduled.cancel(false);
                }
            };
        }

        @Override
        public TimerTask schedule(long delayInMillis, Runnable task, Executor executor) {
            return schedule(delayInMillis, () -> executor.execute(task));
        }

        @Override
        public int countScheduledTasks() {
            return 0;
        }

        @Override
        public void shutdown() {
            // the alarms are closed with the dispatch
        }
    }
}
