package dev.cermin.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Looks into topics by place, outside of any group; a topic is passed by, never held whole. Not thread-safe. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int AT_ONCE = 100;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Duration patience;

    /** @param patience how long nothing may come where something is */
    TopicReader(Map<String, Object> kafka, Duration patience) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.patience = patience;
    }

    List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The first offset that is still there. */
    long begin(TopicPartition place) {
        consumer.assign(List.of(place)); // else the client warns that it asks about what it doesn't read
        return consumer.beginningOffsets(List.of(place)).get(place);
    }

    /** One after the last offset that is committed. */
    long end(TopicPartition place) {
        consumer.assign(List.of(place));
        return consumer.endOffsets(List.of(place)).get(place);
    }

    /** The record there, if there is one. */
    Optional<ConsumerRecord<String, byte[]>> at(TopicPartition place, long offset) {
        // asked about a partition that isn't there, Kafka's client would wait for it
        if (!partitions(place.topic()).contains(place) || begin(place) > offset || end(place) <= offset) {
            return Optional.empty();
        }
        consumer.seek(place, offset);
        long moved = System.nanoTime();
        while (consumer.position(place) <= offset) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
            awaited(place, moved);
        }
        return Optional.empty();
    }

    /** Passes by what lies from an offset to the end. */
    void since(TopicPartition place, long offset, Consumer<ConsumerRecord<String, byte[]>> each) {
        long end = end(place);
        consumer.seek(place, Math.max(offset, begin(place)));
        long moved = System.nanoTime();
        long before = consumer.position(place);
        while (consumer.position(place) < end) {
            consumer.poll(POLL).forEach(each);
            if (consumer.position(place) > before) {
                before = consumer.position(place);
                moved = System.nanoTime();
            }
            awaited(place, moved);
        }
    }

    private void awaited(TopicPartition place, long since) {
        if (System.nanoTime() - since > patience.toNanos()) {
            throw new TimeoutException("Nothing of %s came for %d s, at offset %d"
                    .formatted(place, patience.toSeconds(), consumer.position(place)));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
