package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Task;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.observe.Spans;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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

    Submissions(
            @Channel("tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> tasks,
            @Channel("control") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> control,
            Metrics metrics,
            Spans spans) {
        this.tasks = tasks;
        this.control = control;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Completes when the broker has acknowledged the task; fails where it doesn't within the delivery time-out. */
    public Uni<Void> submit(Task task, AgentDefinition agent) {
        return submit(task, agent, null, null);
    }

    /**
     * The same for a task whose outcome is told to an address.
     *
     * @param callback as {@link Notifier#require} allows it; null for none
     */
    public Uni<Void> submit(Task task, AgentDefinition agent, @Nullable URI callback) {
        return submit(task, agent, null, callback);
    }

    /**
     * The same for a task whose draft answers a conversation.
     *
     * @param conversation as {@link dev.cermin.chat.Conversations} reads it; null for none
     */
    public Uni<Void> submit(Task task, AgentDefinition agent, byte @Nullable [] conversation) {
        return submit(task, agent, conversation, null);
    }

    private Uni<Void> submit(Task task, AgentDefinition agent, byte @Nullable [] conversation, @Nullable URI callback) {
        Carried carried = Carried.NOTHING;
        if (conversation != null) {
            carried = carried.with(Messages.CONVERSATION_HEADER, conversation);
        }
        if (callback != null) {
            carried = carried.with(Messages.CALLBACK_HEADER, callback.toString().getBytes(StandardCharsets.UTF_8));
        }
        Spans.Work sending = spans.sending(Topics.TASKS, task.id(), agent.name(), task.tenant());
        return tasks.send(Messages.task(task, agent.content(), carried.within(sending.place())))
                .onTermination()
                .invoke((done, failure, cancelled) -> {
                    if (failure == null && !cancelled) {
                        metrics.count(Metric.TASKS_SUBMITTED, agent.name(), task.tenant());
                    } else if (failure != null) {
                        metrics.count(Metric.TASKS_REFUSED, task.tenant(), "unavailable");
                        sending.failed(failure);
                    }
                    sending.close();
                });
    }

    /** Completes when the broker has the word; the loop then ends before its next model call. */
    public Uni<Void> cancel(UUID task, String by) {
        return control.send(Messages.cancel(task, by));
    }
}
