package dev.cermin.json;

import org.jspecify.annotations.Nullable;

/** Text that isn't the JSON that was expected; the message says where. */
public final class JsonException extends RuntimeException {
    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
