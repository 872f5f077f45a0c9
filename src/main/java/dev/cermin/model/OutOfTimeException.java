package dev.cermin.model;

/** There is no time left for an answer; the message says what took it, or would take it. */
public final class OutOfTimeException extends RuntimeException {
    public OutOfTimeException(String message) {
        super(message);
    }
}
