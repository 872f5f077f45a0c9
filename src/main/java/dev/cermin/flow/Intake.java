package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.json.JsonException;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns a task into the first step of its loop. */
final class Intake implements LaneHandler {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Agents agents;
    private final Lanes lanes;
    private final Tracer tracer;
    private final Clock clock;

    Intake(Agents agents, Lanes lanes, Tracer tracer, Clock clock) {
        this.agents = agents;
        this.lanes = lanes;
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(ConsumerRecord<String, byte[]> record) {
        Task task;
        AgentDefinition agent;
        LoopState state;
        try {
            task = Messages.read(record, Messages.TASK, Submitted.class).task(Instant.ofEpochMilli(record.timestamp()));
            TaskRules.require(task);
            agent = agent(record, task);
            state = LoopState.start(task, agent.plan());
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A task that can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
        return first(state, agent, Carried.of(record.headers()));
    }

    /** A task as its producer wrote it, who may leave out what has a default. */
    private record Submitted(
            UUID id,
            String agent,
            String input,
            @Nullable Map<String, @Nullable String> metadata,
            @Nullable String tenant,
            @Nullable Integer priority,
            @Nullable Instant createdAt,
            @Nullable Instant deadline,
            @Nullable Instant startAt) {
        Task task(Instant sent) {
            if (id == null || agent == null || input == null) {
                throw new IllegalArgumentException("A task needs id, agent and input; not all are there");
            }
            Map<String, String> own = new TreeMap<>();
            if (metadata != null) {
                metadata.forEach((key, value) -> own.put(key, value == null ? "" : value));
            }
            return new Task(
                    id,
                    agent,
                    input,
                    own,
                    tenant == null ? Task.DEFAULT_TENANT : tenant,
                    priority == null ? 0 : priority,
                    createdAt == null ? sent : createdAt,
                    deadline,
                    startAt);
        }
    }

    /** The gateway pins the agent as it accepts the task; others may leave that to us. */
    private AgentDefinition agent(ConsumerRecord<String, byte[]> record, Task task) {
        AgentDefinition agent =
                Messages.agent(record).map(AgentDefinition::of).orElseGet(() -> agents.named(task.agent()));
        if (!agent.name().equals(task.agent())) {
            throw new IllegalArgumentException("The task is for agent '%s'; the header %s defines '%s'"
                    .formatted(task.agent(), Messages.AGENT_HEADER, agent.name()));
        }
        return agent;
    }

    private List<ProducerRecord<String, byte[]>> first(LoopState state, AgentDefinition agent, Carried carried) {
        byte[] content = agent.content();
        TraceStep submitted = tracer.submitted(state, clock.instant());
        TraceHead head = TraceHead.after(submitted);
        String lane = lanes.of(state.next(), state, agent).orElseThrow();
        var next = Messages.step(lane, new Messages.Step(state, head), content, carried);
        if (Messages.fits(next)) {
            return List.of(Messages.trace(submitted, content, carried), next);
        }
        // its client waits for an end, which a dead letter is not
        LoopState failed = state.apply(new Failed(
                "The task, its conversation and its agent have %d bytes together, and a message holds %d"
                        .formatted(Messages.size(next), Messages.MAX_BYTES),
                null));
        return List.of(
                Messages.trace(submitted, content, carried),
                Messages.trace(tracer.finished(failed, head, clock.instant()), null, carried),
                Messages.result(failed.outcome(), carried));
    }
}
