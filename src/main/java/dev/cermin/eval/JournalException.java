package dev.cermin.eval;

/** The file of a run can't be read, written, or gone on with; the message says why and what to do. */
public final class JournalException extends RuntimeException {
    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
