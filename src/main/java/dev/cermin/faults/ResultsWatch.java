package dev.cermin.faults;

import dev.cermin.flow.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Notes when each result comes, as a client on the results topic sees it. */
final class ResultsWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ResultsWatch.class);
    private final KafkaConsumer<String, byte[]> consumer;
    private final Ledger ledger;
    private final int partitions;
    private final Thread thread;
    private volatile boolean stopping;

    ResultsWatch(String bootstrapServers, Ledger ledger) {
        this.ledger = ledger;
        this.consumer = new KafkaConsumer<>(
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(Topics.RESULTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.partitions = all.size();
        this.thread = Thread.ofPlatform().name("results").start(this::follow);
    }

    private void follow() {
        while (!stopping) {
            try {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    ledger.result(UUID.fromString(record.key()));
                }
            } catch (RetriableException e) {
                LOG.debugf("Kafka is away, which is what this run is about: %s", e.getMessage());
            }
        }
    }

    @Override
    public String toString() {
        return "following the results on " + partitions + " partitions";
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
