package dev.cermin.verify;

/**
 * A verifier can't judge any answer here: a tool, a library, a right or the tests are missing. The message says what is
 * missing and what to do about it. The draft neither passes nor is to blame, and no correction would help.
 */
public final class VerifierUnavailableException extends IllegalStateException {
    public VerifierUnavailableException(String message) {
        super(message);
    }

    public VerifierUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
