package dev.cermin.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step's model is away, by all that was tried, and may be back later; the step has no result and may be run again. */
public final class ModelAwayException extends RuntimeException {
    private final @Nullable Duration retryAfter;

    ModelAwayException(String message, @Nullable Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Names the model and the cause, and holds no secret. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** How long the model's provider asks to wait; null where it doesn't say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
