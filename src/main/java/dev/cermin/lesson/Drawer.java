package dev.cermin.lesson;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import java.util.Optional;

/** Draws a lesson's advice from a finished loop. Implementations are thread-safe. */
@FunctionalInterface
public interface Drawer {
    /** What went wrong and what held, to be cut to {@link Lesson#ADVICE_LENGTH}; empty where there is no lesson. */
    Optional<String> advice(Task task, Outcome outcome);

    /**
     * The default, without a model: only an accepted outcome that an earlier attempt was revised for teaches something,
     * namely the reasons against such attempts, the first one's first, and the first line of the answer that held.
     */
    static Drawer corrected() {
        return new CorrectedDrawer();
    }
}
