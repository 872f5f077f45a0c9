package dev.cermin.dispatch;

import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import io.smallrye.faulttolerance.core.Invocation;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker;
import io.smallrye.faulttolerance.core.stopwatch.SystemStopwatch;
import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * SmallRye's circuit breaker around the calls of one replica. Its core is used, not its builders: these start threads that
 * keep a JVM from ending. Thread-safe.
 */
final class Breaker {
    private final CircuitBreaker<Object> breaker;
    private final String description;
    private final Judge judge;
    private final AtomicBoolean probing = new AtomicBoolean();

    /** What a call says of its replica. */
    enum Sign {
        WELL,
        ILL,
        /** It was ended before it could tell. */
        NONE
    }

    /** Reads it from the failure of a call. */
    interface Judge {
        /** @param nanos that the call took */
        Sign of(RuntimeException failure, long nanos);
    }

    Breaker(String description, BreakerRules rules, Judge judge, Alarms alarms) {
        this.description = description;
        this.judge = judge;
        breaker = new CircuitBreaker<>(
                Invocation.invocation(),
                description,
                ExceptionDecision.ALWAYS_FAILURE,
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

    /**
     * Makes a call, and takes note of what it says of the replica, once it has ended: SmallRye itself knows well and ill
     * alone, and one sign of neither kind would close it.
     *
     * @throws CircuitBreakerOpenException where it has opened since the turn was taken
     */
    <T> T call(Turn turn, Supplier<T> work) {
        Health.State state = state();
        Turn mine = state == Health.State.HALF_OPEN && turn.probing() == null ? turn() : turn;
        if (state == Health.State.OPEN || mine == null) {
            throw new CircuitBreakerOpenException(description + " circuit breaker is open");
        }
        long begun = System.nanoTime();
        try {
            T done = work.get();
            note(state, Sign.WELL);
            return done;
        } catch (RuntimeException e) {
            note(state, judge.of(e, System.nanoTime() - begun));
            throw e;
        } catch (Error e) {
            // told to the asker, whose thread it would have ended
            throw new IllegalStateException(e);
        } finally {
            if (!mine.equals(turn)) {
                mine.close();
            }
        }
    }

    /** A call that began in another state says nothing of this one. */
    private void note(Health.State begun, Sign sign) {
        if (sign != Sign.NONE && state() == begun) {
            breaker.apply(new FaultToleranceContext<>(
                    () -> sign == Sign.WELL ? Future.of(true) : Future.ofError(new IllegalStateException("ill")),
                    false));
        }
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
