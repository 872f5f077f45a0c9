package dev.cermin.eval;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes tasks to their ends: in this process, or over a queue. Thread-safe. */
public interface Carriage {
    /** For the report, such as {@code in process}. */
    String name();

    /** Why a task can't be taken: it is too large, for instance. Default null: it can. */
    default @Nullable String fault(AgentDefinition agent, Task task) {
        return null;
    }

    /** Whether a task that ended so had no model to answer it, and is worth another try. */
    static boolean failed(Outcome outcome) {
        return outcome.best() == null || outcome.stop().reason() == StopReason.FAILED;
    }

    /**
     * The whole trace of a task. A task with this id that was given before, by a run that was killed, is not begun again
     * where the carriage still knows of it.
     *
     * @throws IllegalArgumentException for a task that it can't take
     */
    List<TraceStep> carry(AgentDefinition agent, Task task) throws InterruptedException;
}
