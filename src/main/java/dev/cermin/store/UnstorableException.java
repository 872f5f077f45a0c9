package dev.cermin.store;

/** Steps that will never be stored, however often it is tried: their data is at fault. */
public final class UnstorableException extends RuntimeException {
    UnstorableException(Throwable cause) {
        super("A step can't be stored: " + cause.getMessage(), cause);
    }
}
