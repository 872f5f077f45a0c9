package dev.cermin.model.remote;

/** What came is no answer of this provider's. */
final class UnreadableException extends RuntimeException {
    UnreadableException(Throwable cause) {
        super("the answer can't be read: " + cause, cause);
    }

    UnreadableException(String message) {
        super(message);
    }
}
