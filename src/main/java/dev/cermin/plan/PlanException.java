package dev.cermin.plan;

/** What is to be planned can't be read; the message says what was given, what was expected and what to do. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlanException(String message) {
        super(message);
    }

    PlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
