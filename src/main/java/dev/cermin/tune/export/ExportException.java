package dev.cermin.tune.export;

import org.jspecify.annotations.Nullable;

/** A set can't be read or written; the message says which file and why. */
public final class ExportException extends RuntimeException {
    ExportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
