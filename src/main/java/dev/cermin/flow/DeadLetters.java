package dev.cermin.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records that were set aside as they could not be read or done: to be looked at, and sent again where the fault is
 * mended. A letter stays in its topic when it is sent again. Not thread-safe; every method throws a
 * {@link org.apache.kafka.common.KafkaException} where Kafka is away.
 */
public final class DeadLetters {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int PATIENCE_MS = 10_000;

    static final String REASON = "dead-letter-reason";
    static final String TOPIC = "dead-letter-topic";
    private static final String PARTITION = "dead-letter-partition";
    private static final String OFFSET = "dead-letter-offset";

    private final Map<String, Object> kafka;

    /** @param kafka settings of every client: {@code bootstrap.servers}, security */
    public DeadLetters(Map<String, ?> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put("default.api.timeout.ms", PATIENCE_MS);
        this.kafka.put("request.timeout.ms", PATIENCE_MS / 2);
    }

    /**
     * One of them.
     *
     * @param id its partition and offset, such as {@code 0-17}
     * @param at when it was set aside
     * @param task the task's id, as its key says; null where it has none
     * @param type what it was meant to be, such as {@code dev.cermin.task.v1}; empty where it doesn't say
     * @param reason why it is here
     * @param topic where it came from
     * @param partition of that topic
     * @param offset in that partition
     * @param value as it came, as text; null where it had none, or was too large to be sent here
     */
    public record Letter(
            String id,
            Instant at,
            @Nullable String task,
            String type,
            String reason,
            String topic,
            int partition,
            long offset,
            @Nullable String value) {}

    /** The latest, the oldest of them first. */
    public List<Letter> latest(int most) {
        List<Letter> all = read().stream().map(DeadLetters::letter).toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** @param id as letters have it */
    public Optional<Letter> find(String id) {
        return record(id).map(DeadLetters::letter);
    }

    /**
     * Sends a record again to where it came from, with the headers it had there.
     *
     * @param id as letters have it
     * @return the letter
     * @throws IllegalArgumentException where there is no such letter, or its value is nowhere any more
     */
    public Letter replay(String id) throws InterruptedException {
        ConsumerRecord<String, byte[]> found = record(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no dead letter '%s'".formatted(id)));
        Letter letter = letter(found);
        ConsumerRecord<String, byte[]> original = found.headers().lastHeader(Messages.LEFT_OUT_HEADER) == null
                ? found
                : at(letter.topic(), letter.partition(), letter.offset())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Dead letter '%s' was too large to be kept whole, and %s no longer has it at %d-%d"
                                        .formatted(id, letter.topic(), letter.partition(), letter.offset())));
        var again = new ProducerRecord<>(letter.topic(), null, original.key(), original.value(), original.headers());
        for (String own : List.of(REASON, TOPIC, PARTITION, OFFSET)) {
            again.headers().remove(own);
        }
        try (Producer<String, byte[]> producer = producer()) {
            producer.send(again).get();
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    "Kafka did not take dead letter '%s' for %s: %s"
                            .formatted(id, letter.topic(), e.getCause().getMessage()),
                    e);
        }
        return letter;
    }

    private Optional<ConsumerRecord<String, byte[]>> record(String id) {
        return read().stream().filter(record -> id(record).equals(id)).findFirst();
    }

    private List<ConsumerRecord<String, byte[]>> read() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
                    .map(info -> new TopicPartition(Topics.DEAD_LETTERS, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    private Optional<ConsumerRecord<String, byte[]>> at(String topic, int partition, long offset) {
        TopicPartition place = new TopicPartition(topic, partition);
        try (Consumer<String, byte[]> consumer = consumer()) {
            consumer.assign(List.of(place));
            if (consumer.beginningOffsets(List.of(place)).get(place) > offset
                    || consumer.endOffsets(List.of(place)).get(place) <= offset) {
                return Optional.empty();
            }
            consumer.seek(place, offset);
            while (consumer.position(place) <= offset) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        return new Letter(
                id(record),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                header(record, "ce_type"),
                header(record, REASON),
                header(record, TOPIC),
                number(header(record, PARTITION)).intValue(),
                number(header(record, OFFSET)),
                value == null ? null : new String(value, StandardCharsets.UTF_8));
    }

    private static String id(ConsumerRecord<?, ?> record) {
        return record.partition() + "-" + record.offset();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Long number(String text) {
        return text.isEmpty() ? Long.valueOf(-1) : Long.valueOf(text);
    }

    private Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<String, byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
