package dev.cermin.tune.source;

/** A source can't be read at all, or gave nothing; the message says why and what to do. */
public final class SourceException extends RuntimeException {
    SourceException(String message) {
        super(message);
    }

    SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
