package dev.cermin.inputs;

import dev.cermin.cluster.Records;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends mutated copies of real messages to where those came from. Not thread-safe. */
final class BadMessages implements AutoCloseable {
    private static final int MODELS = 30;
    private static final List<String> HEADERS = List.of("ce_type", "ce_id", "cermin_agent", "cermin_conversation");

    private final Mutator mutator;
    private final Sent sent;
    private final Producer<String, byte[]> producer;
    private final Map<String, List<ConsumerRecord<String, byte[]>>> real = new LinkedHashMap<>();
    private final List<String> topics;

    /** @param topics where to; what none of Cermin's own are on gets copies of tasks */
    BadMessages(String bootstrapServers, Mutator mutator, Sent sent, List<String> topics) {
        this.mutator = mutator;
        this.sent = sent;
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 4 << 20)),
                new StringSerializer(),
                new ByteArraySerializer());
        try (Records records = new Records(bootstrapServers)) {
            for (String topic : topics) {
                List<ConsumerRecord<String, byte[]>> models = records.latest(topic, MODELS);
                real.put(topic, models.isEmpty() ? records.latest(Topics.TASKS, MODELS) : models);
            }
        }
    }

    void send() {
        String topic = mutator.any(topics);
        ConsumerRecord<String, byte[]> model = mutator.any(real.get(topic));
        byte[] value = ofAnotherTask(model);
        var record = new ProducerRecord<>(
                topic,
                mutator.one(20) ? Integer.valueOf(0) : null,
                mutator.one(6) ? badKey() : model.key(),
                mutator.one(8) ? value : mutator.value(value),
                headers(model));
        String task = task(record.value());
        var unused = producer.send(record, (place, failure) -> {
            if (failure instanceof RecordTooLargeException) {
                sent.tooLarge.incrementAndGet();
            } else if (failure == null) {
                sent.add(topic, place.partition(), place.offset(), task);
            }
        });
    }

    /** Real tasks are left in peace: what still can be read is about one that nobody knows. */
    private byte[] ofAnotherTask(ConsumerRecord<String, byte[]> model) {
        if (model.value() == null || model.key() == null) {
            return new byte[0];
        }
        String text = new String(model.value(), StandardCharsets.UTF_8);
        return text.replace(model.key(), UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable String badKey() {
        return mutator.one(3) ? null : mutator.text();
    }

    private List<Header> headers(ConsumerRecord<String, byte[]> model) {
        Headers headers = new RecordHeaders(model.headers());
        if (mutator.one(3)) {
            String name = mutator.any(HEADERS);
            Header good = headers.lastHeader(name);
            headers.remove(name);
            if (!mutator.one(3)) {
                headers.add(
                        name,
                        mutator.one(2) || good == null
                                ? mutator.text().getBytes(StandardCharsets.UTF_8)
                                : mutator.value(good.value()));
            }
        }
        return new ArrayList<>(List.of(headers.toArray()));
    }

    /** The task that a message is about, where a reader can tell. */
    private static @Nullable String task(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            Map<?, ?> read = Json.read(value, Map.class);
            Object id = read.get("id");
            if (id == null
                    && read.get("state") instanceof Map<?, ?> state
                    && state.get("task") instanceof Map<?, ?> own) {
                id = own.get("id");
            }
            return id instanceof String text
                    ? canonical(text)
                    : read.get("taskId") instanceof String text ? canonical(text) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    /** As the services write it: an id may be given in capitals. */
    private static String canonical(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    /** Topics that workers, the recorder, the gateway or its clients read. */
    static List<String> topics() {
        List<String> topics = new ArrayList<>(
                List.of(Topics.TASKS, Topics.TRACES, Topics.CONTROL, Topics.DEAD_LETTERS, Topics.RESULTS));
        Topics.STEP_LANES.forEach(lane -> topics.add(Topics.ofLane(lane)));
        return topics;
    }

    @Override
    public void close() {
        producer.flush();
        producer.close();
    }
}
