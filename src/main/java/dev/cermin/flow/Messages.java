package dev.cermin.flow;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is on the topics: JSON values, with CloudEvents 1.0 attributes in the headers (binary mode of its Kafka binding).
 * The agent's pinned definition travels in a header of its own, as bytes that are passed on unread.
 */
public final class Messages {
    public static final String TASK = "dev.cermin.task.v1";
    public static final String STEP = "dev.cermin.step.v1";
    public static final String TRACE = "dev.cermin.trace.v1";
    public static final String RESULT = "dev.cermin.result.v1";
    public static final String CANCEL = "dev.cermin.cancel.v1";

    /** The pinned definition of the agent, {@link dev.cermin.agent.AgentDefinition#content()}. */
    public static final String AGENT_HEADER = "cermin_agent";

    /** What a task's draft answers, where that is more than its input: {@link dev.cermin.chat.Conversations}. */
    public static final String CONVERSATION_HEADER = "cermin_conversation";

    /** Tells in a dead letter or a result what was left out, as it would have been too large. */
    static final String LEFT_OUT_HEADER = "cermin_left_out";

    /** Over this a message is refused before the broker does it, so that the task can end with a reason. */
    static final int MAX_BYTES = 3_900_000;

    private static final int MAX_REASON = 2000;

    /** A step to be done. */
    public record Step(LoopState state, TraceHead head) {
        public Step {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(head, "head");
        }
    }

    /** A task to be cancelled. */
    public record Cancel(UUID taskId, String by) {
        public Cancel {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(by, "by");
        }
    }

    private Messages() {}

    public static ProducerRecord<String, byte[]> task(Task task, byte[] agent) {
        return task(task, agent, Carried.NOTHING);
    }

    static ProducerRecord<String, byte[]> task(Task task, byte[] agent, Carried carried) {
        var record = record(Topics.TASKS, TASK, task.id(), task.id().toString(), Json.bytes(task), agent);
        carried.addTo(record.headers());
        return record;
    }

    static ProducerRecord<String, byte[]> step(String lane, Step step, byte[] agent, Carried carried) {
        UUID task = step.state().task().id();
        String id = task + "/do/" + step.head().steps();
        var record = record(Topics.ofLane(lane), STEP, task, id, Json.bytes(step), agent);
        carried.addTo(record.headers());
        return record;
    }

    /** @param agent with the first step of a trace, so that the recorder can store the definition; else null */
    static ProducerRecord<String, byte[]> trace(TraceStep step, byte @Nullable [] agent, Carried carried) {
        var record = record(
                Topics.TRACES, TRACE, step.taskId(), step.taskId() + "/trace/" + step.number(), Json.bytes(step), agent);
        carried.addToldTo(record.headers());
        return record;
    }

    /** Without the attempts where they make it too large, and without the best one if even that does; all are traced. */
    static ProducerRecord<String, byte[]> result(Outcome outcome, Carried carried) {
        var whole = plain(outcome, carried);
        if (fits(whole)) {
            return whole;
        }
        var best = result(outcome, outcome.best(), "attempts", carried);
        return fits(best) ? best : result(outcome, null, "attempts, best", carried);
    }

    private static ProducerRecord<String, byte[]> result(
            Outcome outcome, @Nullable Attempt best, String leftOut, Carried carried) {
        Outcome less =
                new Outcome(outcome.taskId(), outcome.agent(), outcome.stop(), best, List.of(), outcome.ledger());
        var record = plain(less, carried);
        put(record.headers(), LEFT_OUT_HEADER, leftOut);
        return record;
    }

    private static ProducerRecord<String, byte[]> plain(Outcome outcome, Carried carried) {
        var record = record(
                Topics.RESULTS, RESULT, outcome.taskId(), outcome.taskId() + "/result", Json.bytes(outcome), null);
        carried.addToldTo(record.headers());
        return record;
    }

    public static ProducerRecord<String, byte[]> cancel(UUID taskId, String by) {
        return record(
                Topics.CONTROL, CANCEL, taskId, UUID.randomUUID().toString(), Json.bytes(new Cancel(taskId, by)), null);
    }

    /**
     * The record as it came, with what was wrong with it in headers of its own. One that is too large to be sent again
     * goes without its value, which lies where the headers say.
     */
    static ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> from, String reason) {
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, from.key(), from.value(), from.headers());
        if (!fits(letter)) {
            letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, from.key(), null, from.headers());
            List<String> leftOut = new ArrayList<>();
            if (from.value() != null) {
                leftOut.add("value");
            }
            for (String large : List.of(AGENT_HEADER, CONVERSATION_HEADER)) {
                if (letter.headers().lastHeader(large) != null) {
                    letter.headers().remove(large);
                    leftOut.add(large);
                }
            }
            put(letter.headers(), LEFT_OUT_HEADER, String.join(", ", leftOut));
        }
        String shown = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + " …";
        put(letter.headers(), "dead-letter-reason", shown);
        put(letter.headers(), "dead-letter-topic", from.topic());
        put(letter.headers(), "dead-letter-partition", String.valueOf(from.partition()));
        put(letter.headers(), "dead-letter-offset", String.valueOf(from.offset()));
        return letter;
    }

    /** What a record led to; where the broker would refuse any of it, a dead letter instead. */
    static List<ProducerRecord<String, byte[]>> publishable(
            ConsumerRecord<String, byte[]> from, List<ProducerRecord<String, byte[]>> out) {
        return out.stream()
                .filter(record -> !fits(record))
                .findFirst()
                .map(record -> List.of(deadLetter(
                        from,
                        "It led to a message for %s of %d bytes, and a message holds %d"
                                .formatted(record.topic(), size(record), MAX_BYTES))))
                .orElse(out);
    }

    static boolean fits(ProducerRecord<String, byte[]> record) {
        return size(record) <= MAX_BYTES;
    }

    /** In bytes, near enough: the limit leaves room for what Kafka adds. */
    static int size(ProducerRecord<String, byte[]> record) {
        int size = length(record.value())
                + (record.key() == null ? 0 : 3 * record.key().length());
        for (Header header : record.headers()) {
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
        String given = header(record.headers(), "ce_type").map(Messages::text).orElse(type);
        if (!given.equals(type)) {
            throw new JsonException("A message of type %s is expected, not %s".formatted(type, given), null);
        }
        if (record.value() == null) {
            throw new JsonException("The message has no value", null);
        }
        return Json.read(record.value(), as);
    }

    static Optional<byte[]> agent(ConsumerRecord<String, byte[]> record) {
        return header(record.headers(), AGENT_HEADER);
    }

    private static Optional<byte[]> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }

    /** @param id of the event: the same where the same is told again */
    private static ProducerRecord<String, byte[]> record(
            String topic, String type, UUID task, String id, byte[] value, byte @Nullable [] agent) {
        var record = new ProducerRecord<>(topic, task.toString(), value);
        Headers headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", "/cermin");
        put(headers, "ce_type", type);
        put(headers, "ce_subject", task.toString());
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "content-type", "application/json");
        if (agent != null) {
            headers.add(AGENT_HEADER, agent);
        }
        return record;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
