package dev.cermin.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed on topics, without a group. Not thread-safe. */
public final class Records implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** With Kafka killed time and again, its client's minute is too short. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final KafkaConsumer<String, byte[]> consumer;

    public Records(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                new HashMap<>(Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "default.api.timeout.ms",
                        (int) PATIENCE.toMillis())),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    public List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** All that a topic has now. */
    public void all(String topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        for (TopicPartition partition : partitions(topic)) {
            read(partition, consumer.beginningOffsets(List.of(partition)).get(partition), reader);
        }
    }

    /** What stands at the end of a topic, about so many. */
    public List<ConsumerRecord<String, byte[]>> latest(String topic, int most) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        for (TopicPartition partition : partitions(topic)) {
            long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
            Deque<ConsumerRecord<String, byte[]>> last = new ArrayDeque<>();
            // the ends of transactions have offsets too
            read(partition, Math.max(begin, end(partition) - 4L * most), record -> {
                last.add(record);
                if (last.size() > most) {
                    last.remove();
                }
            });
            all.addAll(last);
        }
        return all;
    }

    /**
     * How many records a group has not read.
     *
     * @param committed null where it committed nothing
     */
    long unread(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        long[] unread = {0};
        long from = committed == null
                ? consumer.beginningOffsets(List.of(partition)).get(partition)
                : committed.offset();
        read(partition, from, record -> unread[0]++);
        return unread[0];
    }

    /** Where a topic ends now: what comes from here on is later than all that is there. */
    public Map<TopicPartition, Long> ends(String topic) {
        return consumer.endOffsets(partitions(topic));
    }

    /** All that a topic has from there on. */
    public void since(Map<TopicPartition, Long> from, Consumer<ConsumerRecord<String, byte[]>> reader) {
        from.forEach((partition, offset) -> read(partition, offset, reader));
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    private void read(TopicPartition partition, long from, Consumer<ConsumerRecord<String, byte[]>> reader) {
        long end = end(partition);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                reader.accept(record);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
