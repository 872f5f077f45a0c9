package dev.cermin.store;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.Task;
import dev.cermin.policy.Policy;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Traces of two steps, of any tenant and time. */
final class StoredLoops {
    private static final AgentDefinition AGENT = Samples.agent(List.of(), List.of("judge"), Policy.DEFAULT);

    private StoredLoops() {}

    /** One that was cancelled before it began. */
    static List<TraceStep> of(String tenant, Instant createdAt) {
        Task task = new Task(UUID.randomUUID(), AGENT.name(), "input", Map.of(), tenant, 0, createdAt, null);
        Tracer tracer = new Tracer("test");
        LoopState begun = LoopState.start(task, AGENT.plan());
        TraceStep first = tracer.submitted(begun, createdAt);
        LoopState ended = begun.apply(new Cancelled("test"));
        return List.of(first, tracer.finished(ended, TraceHead.after(first), createdAt));
    }
}
