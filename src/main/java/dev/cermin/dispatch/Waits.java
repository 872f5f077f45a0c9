package dev.cermin.dispatch;

import dev.cermin.model.Question;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The waits before a call, none of them longer than is of use; what they took is noted. */
final class Waits {
    private Waits() {}

    /** Whether it has waited: false, at once, where that would take too long. */
    static boolean slept(Replica replica, long wait, Patience patience, Tries tries) {
        if (wait >= patience.left()) {
            tries.passedOver(
                    patience,
                    "%s is not asked: it would be in %s, and %s are left to wait"
                            .formatted(replica.shown(), Words.time(wait), Words.time(Math.max(0, patience.whole()))));
            return false;
        }
        try {
            Thread.sleep(Duration.ofNanos(wait));
        } catch (InterruptedException e) {
            throw Interrupted.from(e);
        }
        tries.note("Waited %s before %s was asked".formatted(Words.time(wait), replica.shown()));
        return true;
    }

    /** Leave of the limits; null where it can not be had in time, and the turn is given back then. */
    static Limiter.@Nullable Permit permit(
            Replica replica, Breaker.Turn turn, Question question, Patience patience, Tries tries) {
        boolean granted = false;
        try {
            Limiter.Grant grant = replica.limiter().acquire(question.tokens(), patience.left());
            if (grant.permit() == null) {
                tries.passedOver(
                        patience,
                        "%s is not asked: %s left no room within %s"
                                .formatted(
                                        replica.shown(), grant.refused(), Words.time(Math.max(0, patience.whole()))));
                return null;
            }
            granted = true;
            if (grant.told()) {
                tries.note("Waited %s for the limits of %s".formatted(Words.time(grant.waited()), replica.shown()));
            }
            return grant.permit();
        } catch (InterruptedException e) {
            throw Interrupted.from(e);
        } finally {
            if (!granted) {
                turn.close();
            }
        }
    }
}
