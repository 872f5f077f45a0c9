package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Task;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.observe.Spans;
import dev.cermin.trace.Fork;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Accepts tasks: once the broker has one, it is neither lost nor finished twice. */
@ApplicationScoped
public class Submissions {
    private final MutinyEmitter<ProducerRecord<String, byte[]>> tasks;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> control;
    private final Metrics metrics;
    private final Spans spans;
    private final LaneClients clients;

    Submissions(
            @Channel("tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> tasks,
            @Channel("control") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> control,
            Metrics metrics,
            Spans spans,
            LaneClients clients) {
        this.clients = clients;
        this.tasks = tasks;
        this.control = control;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Completes when the broker has acknowledged the task; fails where it doesn't within the delivery time-out. */
    public Uni<Void> submit(Task task, AgentDefinition agent) {
        return submit(task, agent, null, null, null);
    }

    /**
     * The same for a task whose outcome is told to an address.
     *
     * @param callback as {@link Notifier#require} allows it; null for none
     */
    public Uni<Void> submit(Task task, AgentDefinition agent, @Nullable URI callback) {
        return submit(task, agent, null, callback, null);
    }

    /**
     * The same for a task whose draft answers a conversation.
     *
     * @param conversation as {@link dev.cermin.chat.Conversations} reads it; null for none
     */
    public Uni<Void> submit(Task task, AgentDefinition agent, byte @Nullable [] conversation) {
        return submit(task, agent, conversation, null, null);
    }

    /**
     * The same for a task that goes on from another one's trace.
     *
     * @throws IllegalArgumentException where no message holds its steps
     */
    public Uni<Void> fork(Task task, AgentDefinition agent, Fork fork) {
        return submit(task, agent, null, null, fork);
    }

    private Uni<Void> submit(
            Task task,
            AgentDefinition agent,
            byte @Nullable [] conversation,
            @Nullable URI callback,
            @Nullable Fork fork) {
        Carried carried = Carried.NOTHING;
        if (conversation != null) {
            carried = carried.with(Messages.CONVERSATION_HEADER, conversation);
        }
        if (callback != null) {
            carried = carried.with(Messages.CALLBACK_HEADER, callback.toString().getBytes(StandardCharsets.UTF_8));
        }
        Spans.Work sending = spans.sending(Topics.TASKS, task.id(), agent.name(), task.tenant());
        var message = Messages.task(task, agent.content(), carried.within(sending.place()));
        if (fork != null) {
            Messages.forked(message, fork);
            if (!Envelope.fits(message)) {
                sending.close();
                throw new IllegalArgumentException("The steps to go on from have %d bytes, and a message holds %d"
                        .formatted(Envelope.size(message), Envelope.MAX_BYTES));
            }
        }
        return tasks.send(message).onTermination().invoke((done, failure, cancelled) -> {
            if (failure == null && !cancelled) {
                metrics.count(Metric.TASKS_SUBMITTED, agent.name(), task.tenant());
            } else if (failure != null) {
                metrics.count(Metric.TASKS_REFUSED, task.tenant(), "unavailable");
                sending.failed(failure);
            }
            sending.close();
        });
    }

    /**
     * Completes when the broker has a decision about a loop that waits; the first one for that step is what is done. Asks the
     * broker for its partitions, which blocks.
     *
     * @param step the number that the decision has in the trace
     */
    public Uni<Void> decide(UUID task, int step, Decision decision) {
        Messages.Decide decide = new Messages.Decide(task, step, decision);
        List<Uni<Void>> told = IntStream.range(0, partitions())
                .mapToObj(partition -> control.send(Messages.decide(decide, partition)))
                .toList();
        return Uni.combine().all().unis(told).discardItems();
    }

    private int partitions() {
        var looker = clients.follower();
        try {
            return looker.partitionsFor(Topics.REVIEWS).size();
        } finally {
            clients.close(looker);
        }
    }

    /** Completes when the broker has the word; the loop then ends before its next model call. */
    public Uni<Void> cancel(UUID task, String by) {
        return control.send(Messages.cancel(task, by));
    }
}
