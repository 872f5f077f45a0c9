package dev.cermin;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Verdict;
import dev.cermin.run.Execution;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From steps to events. Follows one loop; not thread-safe. */
final class Events {
    private final Consumer<LoopEvent> listener;
    private final Map<Integer, Verdict> told = new HashMap<>();

    Events(Consumer<LoopEvent> listener) {
        this.listener = listener;
    }

    void tell(Execution step, LoopState after) {
        int round = step.round();
        switch (step.result()) {
            case Generated generated -> listener.accept(new LoopEvent.Drafted(round, generated.draft()));
            case Corrected corrected -> listener.accept(new LoopEvent.Drafted(round, corrected.draft()));
            case Verified verified -> listener.accept(new LoopEvent.Verified(round, verified.checks()));
            case Reflected reflected -> listener.accept(new LoopEvent.Critiqued(round, reflected.critique()));
            default -> {
                // the end tells it
            }
        }
        for (int i = 0; i < after.attempts().size(); i++) {
            Attempt attempt = after.attempts().get(i);
            Verdict verdict = attempt.verdict();
            if (verdict != null && isNew(i, verdict)) {
                listener.accept(new LoopEvent.Judged(attempt.round(), verdict));
            }
        }
    }

    /** A verdict that more critics add to is told again. */
    private boolean isNew(int attempt, Verdict verdict) {
        @Nullable Verdict before = told.put(attempt, verdict);
        return !verdict.equals(before);
    }
}
