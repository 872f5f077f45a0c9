package dev.cermin.run;

import dev.cermin.loop.Action;
import dev.cermin.loop.StepResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action that was carried out.
 *
 * @param action what was wanted
 * @param round the round it belongs to: 0 for the first draft, then the number of the correction
 * @param result what came of it
 * @param startedAt when it began, to the millisecond
 * @param duration how long it took, to the millisecond
 * @param call the model call; null where none was made or none was answered
 */
public record Execution(
        Action action,
        int round,
        StepResult result,
        Instant startedAt,
        Duration duration,
        @Nullable Call call) {

    /** To the millisecond. */
    public Instant endedAt() {
        return startedAt.plus(duration);
    }
}
