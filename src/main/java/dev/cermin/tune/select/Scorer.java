package dev.cermin.tune.select;

import dev.cermin.model.Failure;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.score.Scoring;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The student's scores. A call that fails is tried again where that may help; one that fails for good leaves the sample
 * unscored, with the reason. One thread at a time.
 */
final class Scorer {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Scoring scoring;
    private @Nullable String failure;

    Scorer(Scoring scoring) {
        this.scoring = scoring;
    }

    Sides ifd(Sample sample) {
        return Sides.ifd(scored(() -> scoring.ifd(sample), sample));
    }

    Sides rifd(Sample sample) {
        return Sides.rifd(scored(() -> scoring.rifd(sample), sample));
    }

    /** Why a call failed since this was last asked; null where none did. */
    @Nullable
    String failure() {
        String last = failure;
        failure = null;
        return last;
    }

    private Scores scored(Supplier<Scores> scores, Sample sample) {
        for (int tries = 1; ; tries++) {
            try {
                return scores.get();
            } catch (RuntimeException e) {
                Failure why = Failure.of(e);
                if (why.kind().passing() && tries < TRIES && paused(why, tries)) {
                    continue;
                }
                String message = e.getMessage() == null ? e.toString() : e.getMessage();
                if (isStudents(why)) {
                    throw new OutageException(
                            "The student can't score sample %s: %s%n%s"
                                    .formatted(sample.id(), message, OutageException.REMEDY),
                            e);
                }
                Unscored side = new Unscored("the student failed: " + message);
                failure = side.reason();
                return new Scores(side, side, side, side);
            }
        }
    }

    /** Whether it would fail on any other sample too. */
    private static boolean isStudents(Failure why) {
        return switch (why.kind()) {
            case RATE_LIMIT, UNAVAILABLE, AUTHENTICATION, NOT_FOUND -> true;
            case TIMEOUT, MALFORMED, REFUSED, INVALID, UNKNOWN -> false;
        };
    }

    private static boolean paused(Failure why, int tries) {
        Duration asked = why.retryAfter();
        Duration pause = asked == null ? PAUSE.multipliedBy(tries) : asked;
        try {
            Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
