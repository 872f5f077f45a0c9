package dev.cermin.flow;

import dev.cermin.agent.Agent;
import dev.cermin.loop.Task;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Accepts tasks: once the broker has one, it is neither lost nor finished twice. */
@ApplicationScoped
public class Submissions {
    private final MutinyEmitter<byte[]> tasks;
    private final MutinyEmitter<byte[]> control;

    Submissions(
            @Channel("tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> tasks,
            @Channel("control") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> control) {
        this.tasks = tasks;
        this.control = control;
    }

    /** Completes when the broker has acknowledged the task; fails where it doesn't within the delivery time-out. */
    public Uni<Void> submit(Task task, Agent agent) {
        return send(tasks, Messages.task(task, agent.content()));
    }

    /** Completes when the broker has the word; the loop then ends before its next model call. */
    public Uni<Void> cancel(UUID task, String by) {
        return send(control, Messages.cancel(task, by));
    }

    static Uni<Void> send(MutinyEmitter<byte[]> emitter, ProducerRecord<String, byte[]> record) {
        return emitter.sendMessage(Message.of(record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(record.key())
                        .withHeaders(record.headers())
                        .build()));
    }
}
