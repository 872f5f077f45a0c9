package dev.cermin.flow;

import java.time.Duration;

/** A record can't be done now, and may be later: its lane keeps it, begins it again then, and goes on with others. */
final class LaterException extends RuntimeException {
    private final Kind kind;
    private final Duration delay;

    enum Kind {
        /** It was tried, and what it needs was away. */
        FAILED,
        /** It was not tried: what it needs is known to be away, or has enough to do. */
        HELD,
        /** It can't even be read now, and what it needs may well be there: that is no attempt, and no time of it. */
        UNREAD
    }

    /**
     * @param reason what is away, for logs and dead letters
     * @param delay till it is begun again
     */
    LaterException(Kind kind, String reason, Duration delay) {
        super(reason);
        this.kind = kind;
        this.delay = delay;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Duration delay() {
        return delay;
    }

    /** The same, at the latest after a time: then its task has something else to do. */
    LaterException within(Duration most) {
        if (delay.compareTo(most) <= 0) {
            return this;
        }
        return new LaterException(kind, reason(), most.isPositive() ? most : Duration.ofMillis(1));
    }

    /** It is thrown for each step that waits, and where from is of no interest. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
