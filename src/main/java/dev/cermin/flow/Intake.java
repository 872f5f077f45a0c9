package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.flow.webhook.AllowedHosts;
import dev.cermin.json.JsonException;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.trace.Fork;
import java.nio.charset.StandardCharsets;
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
    private final Loops loops;
    private final PinnedAgents pinned = new PinnedAgents(content -> Pinned.of(AgentDefinition.of(content)));

    Intake(Agents agents, Loops loops) {
        this.agents = agents;
        this.loops = loops;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(
            ConsumerRecord<String, byte[]> record, Attempts attempts, Place place) {
        Turn turn;
        Fork fork;
        try {
            Submitted submitted = Envelope.read(record, Messages.TASK, Submitted.class);
            Task task = submitted.task(Instant.ofEpochMilli(record.timestamp()));
            TaskRules.require(task);
            Pinned agent = agent(record, task);
            Carried carried = submitted.carried(Carried.of(record.headers()));
            fork = Messages.fork(record).orElse(null);
            LoopState state = fork == null ? LoopState.start(task, agent.plan()) : fork.state(task, agent.plan());
            turn = new Turn(loops, state, agent, carried, Worker.conversation(carried));
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A task that can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
        return turn.begin(fork, place);
    }

    /**
     * A task as its producer wrote it, who may leave out what has a default.
     *
     * @param callback the address that its outcome is told to, of http or https; default none
     */
    private record Submitted(
            UUID id,
            String agent,
            String input,
            @Nullable Map<String, @Nullable String> metadata,
            @Nullable String tenant,
            @Nullable Integer priority,
            @Nullable Instant createdAt,
            @Nullable Instant deadline,
            @Nullable Instant startAt,
            @Nullable String callback) {
        /** What the header says, which the gateway has checked, goes before. */
        Carried carried(Carried given) {
            if (callback == null || given.get(Messages.CALLBACK_HEADER) != null) {
                return given;
            }
            String address = AllowedHosts.parse(callback).toString();
            return given.with(Messages.CALLBACK_HEADER, address.getBytes(StandardCharsets.UTF_8));
        }

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
    private Pinned agent(ConsumerRecord<String, byte[]> record, Task task) {
        Pinned agent = Messages.agent(record).map(pinned::of).orElseGet(() -> Pinned.of(agents.named(task.agent())));
        if (!agent.agent().name().equals(task.agent())) {
            throw new IllegalArgumentException("The task is for agent '%s'; the header %s defines '%s'"
                    .formatted(
                            task.agent(), Messages.AGENT_HEADER, agent.agent().name()));
        }
        return agent;
    }
}
