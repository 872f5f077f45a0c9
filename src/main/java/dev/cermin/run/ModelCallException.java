package dev.cermin.run;

import org.jspecify.annotations.Nullable;

/** A model call that gave no text; the message names the model and the cause. */
final class ModelCallException extends Exception {
    ModelCallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
