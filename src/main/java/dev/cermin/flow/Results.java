package dev.cermin.flow;

import dev.cermin.json.JsonException;
import dev.cermin.loop.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Outcomes as they were told to callers, for whom what is redacted in the trace is not. They are looked up in {@code
 * cermin.results}, which takes a moment: only where a trace has marks. Thread-safe.
 */
@ApplicationScoped
public class Results {
    private static final Logger LOG = Logger.getLogger(Results.class);
    /** From a partition's end; a task that ended just now lies far behind it. */
    private static final long MOST = 50_000;

    private final LaneClients clients;

    Results(LaneClients clients) {
        this.clients = clients;
    }

    /**
     * A finished task's outcome; empty where it isn't there any more, or Kafka is away.
     *
     * @param since when the task ended or before
     */
    public Optional<Outcome> of(UUID task, Instant since) {
        AtomicReference<Outcome> found = new AtomicReference<>();
        String key = task.toString();
        try {
            LogTail.read(clients, place(key), since, MOST, record -> {
                if (key.equals(record.key())) {
                    found.set(Envelope.read(record, Messages.RESULT, Outcome.class));
                }
            });
        } catch (KafkaException | JsonException e) {
            LOG.warnf(
                    "The result of task %s can't be read, so its answer is told as redacted: %s", task, e.getMessage());
        }
        return Optional.ofNullable(found.get());
    }

    /** Where producers put a key. */
    private TopicPartition place(String key) {
        var looker = clients.unguarded();
        try {
            int partitions = looker.partitionsFor(Topics.RESULTS).size();
            return new TopicPartition(
                    Topics.RESULTS,
                    BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions));
        } finally {
            clients.close(looker);
        }
    }
}
