package dev.cermin.eval;

import dev.cermin.Agent;
import dev.cermin.Run;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Runs tasks in this process, on an agent's models, verifiers and tools. Thread-safe where those are.
 *
 * @param agent whose parts they are
 */
public record InProcess(Agent agent) implements Carriage {
    @Override
    public String name() {
        return "in process";
    }

    @Override
    public List<TraceStep> carry(AgentDefinition definition, Task task) throws InterruptedException {
        Run run = agent.with(definition).start(task);
        try {
            run.future().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof dev.cermin.NoDraftException)) {
                throw new IllegalStateException("Task %s ended without a trace".formatted(task.id()), e.getCause());
            }
            // the trace says why there is no draft
        } catch (InterruptedException e) {
            run.cancel();
            throw e;
        }
        return run.trace();
    }
}
