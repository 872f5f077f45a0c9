package dev.cermin.model.remote;

import java.io.EOFException;

/** An answer that began and broke off. */
final class CutException extends EOFException {
    CutException(String message, Throwable cause) {
        super(message);
        initCause(cause);
    }

    CutException(String message) {
        super(message);
    }
}
