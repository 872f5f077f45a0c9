package dev.cermin.trace;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a task goes on from another one's trace, as a task of its own: its trace begins with those steps, under its own
 * id and chain, and its first step says whose they are. The other trace stays as it is.
 *
 * @param of the other task
 * @param step the last step that both have; 0: all is done anew
 * @param steps of the other trace, from its first to that one
 */
public record Fork(UUID of, int step, List<TraceStep> steps) {
    /** The submit step's parameter that names the other task. */
    public static final String OF = "forkOf";

    /** The submit step's parameter with the number of the last step that both have. */
    public static final String STEP = "forkStep";

    public Fork {
        steps = List.copyOf(steps);
    }

    /**
     * A fork behind a step of a trace.
     *
     * @throws IllegalArgumentException where the trace has no such step, or the loop ends with it
     */
    public static Fork of(List<TraceStep> trace, int step) {
        if (step < 0 || step >= trace.size()) {
            throw new IllegalArgumentException(
                    "The trace has the steps 0 to %d, and no step %d to go on from".formatted(trace.size() - 1, step));
        }
        TraceStep last = trace.get(step);
        if (last.kind() == StepKind.FINISH) {
            throw new IllegalArgumentException("Step %d is the end; go on from an earlier one".formatted(step));
        }
        return new Fork(last.taskId(), step, trace.subList(0, step + 1));
    }

    /** What its first step says of it. */
    Map<String, String> parameters() {
        return new TreeMap<>(Map.of(OF, of.toString(), STEP, String.valueOf(step)));
    }

    /** The task that a trace was forked from; null where it wasn't. */
    public static @Nullable UUID origin(TraceStep submitted) {
        String of =
                submitted.parameters() == null ? null : submitted.parameters().get(OF);
        return of == null ? null : UUID.fromString(of);
    }

    /**
     * Where the new task's loop stands.
     *
     * @param task the new one
     * @param plan of the agent that goes on
     * @throws IllegalArgumentException where the agent's loop would not have come to that step, or ends with it, or a text
     *     that is needed was erased
     */
    public LoopState state(Task task, Plan plan) {
        LoopState state;
        try {
            state = Replay.after(
                    LoopState.start(
                            task, plan, Replay.state(steps.subList(0, 1)).lessons()),
                    steps);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "Agent '%s', version %s, would not have come to step %d: %s"
                            .formatted(plan.agent(), plan.version(), step, e.getMessage()),
                    e);
        }
        if (state.finished()) {
            throw new IllegalArgumentException("The loop ends with step %d, by %s; go on from an earlier one"
                    .formatted(step, state.outcome().stop().reason()));
        }
        return state;
    }
}
