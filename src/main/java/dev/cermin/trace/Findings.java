package dev.cermin.trace;

import dev.cermin.critique.Critique;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import dev.cermin.verify.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step found, in a form that can be read back: one of these, the others null.
 *
 * @param terms of a submit step
 * @param checks of a verification
 * @param critique of a reflection; its text is the step's response
 * @param error of a step that failed
 * @param stop of the last step
 */
public record Findings(
        @Nullable Terms terms,
        @Nullable List<Check> checks,
        @Nullable Critique critique,
        @Nullable String error,
        @Nullable Stop stop) {

    /**
     * The terms on which a task runs; its input is the submit step's output.
     *
     * @param deadline the task's own; null for none
     */
    public record Terms(
            Map<String, String> metadata,
            String tenant,
            int priority,
            Instant createdAt,
            @Nullable Instant deadline,
            Plan plan) {
        static Terms of(LoopState state) {
            Task task = state.task();
            return new Terms(
                    task.metadata(), task.tenant(), task.priority(), task.createdAt(), task.deadline(), state.plan());
        }
    }

    static Critique withoutText(Critique critique) {
        return new Critique(critique.critic(), critique.opinion(), critique.score(), critique.issues(), "");
    }
}
