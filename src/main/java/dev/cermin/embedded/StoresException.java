package dev.cermin.embedded;

/** The embedded stores could not be started or used. The message says what was given, what was expected and what to do. */
public class StoresException extends RuntimeException {
    /** Creates the exception with its complete message. */
    public StoresException(String message) {
        super(message);
    }

    /** Creates the exception with its complete message and what caused it. */
    public StoresException(String message, Throwable cause) {
        super(message, cause);
    }
}
