package dev.cermin.dispatch;

/**
 * How long a call may wait for its turn.
 *
 * @param whole at first, in nanoseconds
 * @param until when
 * @param deadline whether the deadline is the bound, not what a model is waited for where another follows
 */
record Patience(long whole, Deadline until, boolean deadline) {
    static Patience of(Deadline deadline, boolean last, Rules rules) {
        long most = rules.maxWait().toNanos();
        long left = deadline.left();
        return last || left <= most
                ? new Patience(left, deadline, true)
                : new Patience(most, new Deadline(System.nanoTime() + most, false), false);
    }

    /** Nanoseconds; zero or less where it is at an end. */
    long left() {
        return until.left();
    }
}
