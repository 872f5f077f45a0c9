package dev.cermin.flow;

import dev.cermin.agent.Agent;
import dev.cermin.agent.Agents;
import dev.cermin.json.JsonException;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Turns a task into the first step of its loop. */
final class Intake implements LaneHandler {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Agents agents;
    private final Tracer tracer;
    private final Clock clock;

    Intake(Agents agents, Tracer tracer, Clock clock) {
        this.agents = agents;
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(ConsumerRecord<String, byte[]> record) {
        Task task;
        byte[] content;
        LoopState state;
        try {
            task = Messages.read(record, Messages.TASK, Task.class);
            TaskRules.require(task);
            Agent agent = agent(record, task);
            content = agent.content();
            state = LoopState.start(task, agent.plan());
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A task that can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
        return first(state, content);
    }

    /** The gateway pins the agent as it accepts the task; others may leave that to us. */
    private Agent agent(ConsumerRecord<String, byte[]> record, Task task) {
        Agent agent = Messages.agent(record).map(Agent::of).orElseGet(() -> agents.named(task.agent()));
        if (!agent.name().equals(task.agent())) {
            throw new IllegalArgumentException("The task is for agent '%s'; the header %s defines '%s'"
                    .formatted(task.agent(), Messages.AGENT_HEADER, agent.name()));
        }
        return agent;
    }

    private List<ProducerRecord<String, byte[]>> first(LoopState state, byte[] content) {
        TraceStep submitted = tracer.submitted(state, clock.instant());
        String lane = Topics.laneOf(state.next()).orElseThrow();
        return List.of(
                Messages.trace(submitted, content),
                Messages.step(lane, new Messages.Step(state, TraceHead.after(submitted)), content));
    }
}
