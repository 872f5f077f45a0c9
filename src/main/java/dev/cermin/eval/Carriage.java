package dev.cermin.eval;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import java.util.List;

/** Takes tasks to their ends: in this process, or over a queue. Thread-safe. */
public interface Carriage {
    /** For the report, such as {@code in process}. */
    String name();

    /**
     * The whole trace of a task. A task with this id that was given before, by a run that was killed, is not begun again
     * where the carriage still knows of it.
     *
     * @throws IllegalArgumentException for a task that it can't take: too large, for instance
     */
    List<TraceStep> carry(AgentDefinition agent, Task task) throws InterruptedException;
}
