package dev.cermin.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Whether a person decides before the loop ends with a draft. What is asked while a limit other than rounds and budget
 * ends the loop (deadline, cancellation, a failure) goes to nobody.
 *
 * @param when default {@link When#NEVER}
 * @param below of {@link When#LOW_SCORE}, the mean score of critics under which a person is asked, in [0, 1]; default 0.5
 * @param within how long the loop waits, more than 0; default 24 hours. It doesn't count towards {@link Timeout}
 * @param otherwise what is decided where nobody did by then; default {@link Default#KEEP}
 */
public record Review(When when, double below, Duration within, Default otherwise) implements Rule {
    public static final Review NONE = new Review(When.NEVER, 0.5, Duration.ofHours(24), Default.KEEP);

    /** When a person is asked. */
    public enum When {
        NEVER,
        /** Before every end with a draft. */
        ALWAYS,
        /** Where the loop would end without accepting its draft. */
        UNACCEPTED,
        /** Where critics gave the draft that would be the answer a low score. */
        LOW_SCORE;

        /** As written in agent files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What is decided where nobody did in time. */
    public enum Default {
        /** The draft is accepted. */
        ACCEPT,
        /** It is rejected. */
        REJECT,
        /** The loop ends as it would have ended without the review. */
        KEEP
    }

    public Review {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(otherwise, "otherwise");
        Ranges.require(below >= 0 && below <= 1, "below is in [0, 1], not " + below);
        Ranges.require(within.isPositive(), "the wait is longer than 0, not " + within);
    }

    /** A person decides before every end with a draft. */
    public static Review always() {
        return of(When.ALWAYS);
    }

    /** A person decides where the loop would end without accepting its draft. */
    public static Review ofUnaccepted() {
        return of(When.UNACCEPTED);
    }

    /** A person decides where critics gave the answer a score below this. */
    public static Review ofScoresBelow(double below) {
        return new Review(When.LOW_SCORE, below, NONE.within, NONE.otherwise);
    }

    private static Review of(When when) {
        return new Review(when, NONE.below, NONE.within, NONE.otherwise);
    }

    /** The same with this wait, and this decision at its end. */
    public Review waiting(Duration most, Default then) {
        return new Review(when, below, most, then);
    }
}
