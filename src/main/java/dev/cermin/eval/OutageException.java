package dev.cermin.eval;

/** Items fail one after the other: no model answers. What was done is kept, and the same run goes on from there. */
public final class OutageException extends RuntimeException {
    OutageException(String message) {
        super(message);
    }
}
