package dev.cermin.flow;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What all messages have around them: CloudEvents 1.0 attributes in the headers (binary mode of its Kafka binding), and a
 * size that the broker takes.
 */
final class Envelope {
    /** Over this a message is refused before the broker does it, so that the task can end with a reason. */
    static final int MAX_BYTES = 3_900_000;

    private static final String PREFIX = "dev.cermin.";
    private static final Map<String, byte[]> SCHEMAS = Stream.of(
                    Messages.TASK,
                    Messages.STEP,
                    Messages.TRACE,
                    Messages.RESULT,
                    Messages.WEBHOOK,
                    Messages.CANCEL,
                    Messages.DECISION)
            .collect(Collectors.toMap(type -> type, type -> schemaOf(type).getBytes(StandardCharsets.UTF_8)));

    private Envelope() {}

    /** The name of a type's JSON Schema: {@code urn:cermin:schema:task.v1} lies in {@code schemas/task.v1.json}. */
    static String schemaOf(String type) {
        return "urn:cermin:schema:" + type.substring(PREFIX.length());
    }

    static boolean fits(ProducerRecord<String, byte[]> record) {
        return size(record) <= MAX_BYTES;
    }

    /** In bytes, near enough: the limit leaves room for what Kafka adds. */
    static int size(ProducerRecord<String, byte[]> record) {
        return size(record.key(), record.value(), record.headers());
    }

    static int size(ConsumerRecord<String, byte[]> record) {
        return size(record.key(), record.value(), record.headers());
    }

    private static int size(@Nullable String key, byte @Nullable [] value, Headers headers) {
        int size = length(value) + (key == null ? 0 : 3 * key.length());
        for (Header header : headers) {
            size += 3 * header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /**
     * The value of a record.
     *
     * @throws JsonException where it is of another type or version, or isn't the JSON of that type
     */
    static <T> T read(ConsumerRecord<String, byte[]> record, String type, Class<T> as) {
        return Json.read(body(record, type), as);
    }

    /**
     * The value of a record as it is.
     *
     * @throws JsonException where it is of another type or version, or has none
     */
    static byte[] body(ConsumerRecord<String, byte[]> record, String type) {
        requireType(record, type);
        if (record.value() == null) {
            throw new JsonException("The message has no value", null);
        }
        return record.value();
    }

    /** @throws JsonException where it says that it is of another type or version */
    static void requireType(ConsumerRecord<String, byte[]> record, String type) {
        String given = header(record.headers(), "ce_type").map(Envelope::text).orElse(type);
        if (!given.equals(type)) {
            throw new JsonException("A message of type %s is expected, not %s".formatted(type, given), null);
        }
    }

    static Optional<byte[]> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    /** @param id of the event: the same where the same is told again */
    static ProducerRecord<String, byte[]> record(
            String topic, String type, UUID task, String id, byte[] value, byte @Nullable [] agent) {
        var record = new ProducerRecord<>(topic, task.toString(), value);
        Headers headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", "/cermin");
        put(headers, "ce_type", type);
        headers.add("ce_dataschema", SCHEMAS.get(type));
        put(headers, "ce_subject", task.toString());
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "content-type", "application/json");
        if (agent != null) {
            headers.add(Messages.AGENT_HEADER, agent);
        }
        return record;
    }

    static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
