package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one replica of a model does.
 *
 * @param model its name
 * @param place which replica: its endpoint without secrets, or a number; empty where there is one alone
 * @param state of its circuit breaker
 * @param inFlight calls under way
 * @param queued calls that wait for its limits
 * @param calls begun since the start
 * @param failures of these
 * @param latency mean time of an answer, recent ones weighing most; null before the first
 * @param lastFailure null where there was none
 */
public record Health(
        String model,
        String place,
        State state,
        int inFlight,
        int queued,
        long calls,
        long failures,
        @Nullable Duration latency,
        @Nullable LastFailure lastFailure) {
    /** Of a circuit breaker: closed lets calls through, half-open one at a time, open none. */
    public enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    /**
     * What went wrong last.
     *
     * @param message the provider's, without secrets
     */
    public record LastFailure(Failure.Kind kind, String message, Instant at) {}
}
