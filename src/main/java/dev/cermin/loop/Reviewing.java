package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.policy.Review;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's part in a loop.
 *
 * @param held the end that a person is asked about; null while nobody is asked
 * @param attempt that was revised by a person's wish and isn't corrected yet; null for none
 * @param waited how long the loop has waited for people
 */
public record Reviewing(@Nullable Stop held, @Nullable Integer attempt, Duration waited) {
    static final Reviewing NOTHING = new Reviewing(null, null, Duration.ZERO);

    public Reviewing {
        waited = waited == null ? Duration.ZERO : waited;
    }

    /** The same with nobody asked any more, and nothing to be revised. */
    Reviewing over() {
        return held == null && attempt == null ? this : new Reviewing(null, null, waited);
    }

    /** Whether a person is to decide before this end. */
    static boolean asks(LoopState state, StopReason reason) {
        Review review = state.plan().policy().asking();
        if (review.when() == Review.When.NEVER) {
            return false;
        }
        Attempt best = state.best().orElse(null);
        boolean decidable = switch (reason) {
            case ACCEPTED, ROUNDS, NO_PROGRESS, OSCILLATION, BUDGET -> true;
            case DEADLINE, CANCELLED, FAILED, HANDED_BACK, REJECTED -> false;
        };
        if (best == null || !decidable) {
            return false;
        }
        return switch (review.when()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case UNACCEPTED -> reason != StopReason.ACCEPTED;
            case LOW_SCORE -> best.scored() && best.score() < review.below();
        };
    }

    /** The state after a decision about the best draft. */
    static LoopState decided(LoopState state, Decision decision) {
        Stop held = state.reviewing().held();
        if (held == null) {
            throw new IllegalStateException("The loop of task %s asks nobody; no decision fits"
                    .formatted(state.task().id()));
        }
        Attempt best = state.best().orElseThrow();
        int index = state.attempts().indexOf(best);
        Duration waited = state.reviewing().waited().plus(decision.waited());
        LoopState now = state.with(new Reviewing(null, null, waited));
        return switch (decision.choice()) {
            case KEEP -> now.ended(held);
            case ACCEPT -> {
                String told = decision.told("Accepted");
                yield now.with(index, best.settled(true, new Verdict(true, List.of(told))))
                        .ended(new Stop(StopReason.ACCEPTED, decision.toldWithout("Accepted")));
            }
            case REJECT -> {
                String told = decision.told("Rejected");
                yield now.with(index, best.settled(true, new Verdict(false, List.of(told))))
                        .ended(new Stop(StopReason.REJECTED, decision.toldWithout("Rejected")));
            }
            case REVISE -> {
                Critique critique =
                        new Critique(decision.by(), Opinion.REVISE, 0, List.of(decision.comment()), decision.comment());
                Verdict verdict = new Verdict(false, List.of(decision.told("To be revised")));
                yield now.with(index, best.withCritique(critique).settled(true, verdict))
                        .with(new Reviewing(null, index, waited));
            }
        };
    }
}
