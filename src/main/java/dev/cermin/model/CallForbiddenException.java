package dev.cermin.model;

/** Whoever asks allows no more calls: the budget is spent, or the task was cancelled. No other model is tried. */
public final class CallForbiddenException extends RuntimeException {
    /** @param cause the asker's own account of it */
    public CallForbiddenException(Exception cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
