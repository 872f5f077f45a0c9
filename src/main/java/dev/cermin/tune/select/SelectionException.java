package dev.cermin.tune.select;

/** The files of a selection can't be read, written, or gone on with; the message says why and what to do. */
public final class SelectionException extends RuntimeException {
    SelectionException(String message) {
        super(message);
    }

    SelectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
