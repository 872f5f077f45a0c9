package dev.cermin.tune.select;

/** Teacher or student don't answer any more. What was done is kept, and the same selection goes on from there. */
public final class OutageException extends RuntimeException {
    static final String REMEDY = "What was done before is kept: the same selection goes on from there";

    OutageException(String message) {
        super(message);
    }

    OutageException(String message, Throwable cause) {
        super(message, cause);
    }
}
