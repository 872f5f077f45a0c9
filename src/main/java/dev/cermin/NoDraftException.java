package dev.cermin;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import java.util.List;

/**
 * The loop ended before there was any draft: the model failed, or a limit was reached at once. Wherever there is a draft,
 * there is an {@link Outcome} with the best one instead.
 */
public final class NoDraftException extends RuntimeException {
    private final transient Outcome outcome;

    NoDraftException(Outcome outcome) {
        super("Agent '%s' has no answer, not even a draft: %s"
                .formatted(outcome.agent(), outcome.stop().detail()));
        this.outcome = outcome;
    }

    /** With stop reason and usage; without a best draft. */
    public Outcome outcome() {
        return outcome;
    }

    /** What there was of attempts, in order. */
    public List<Attempt> attempts() {
        return outcome.attempts();
    }
}
