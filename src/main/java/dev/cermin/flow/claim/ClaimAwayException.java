package dev.cermin.flow.claim;

/** A state can't be had now: Postgres is away, or this process has none. */
public final class ClaimAwayException extends Exception {
    ClaimAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    ClaimAwayException(String message) {
        super(message);
    }

    /** For logs and dead letters. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
