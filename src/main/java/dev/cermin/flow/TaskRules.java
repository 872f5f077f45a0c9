package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task may be, so that messages can carry and Postgres can hold it, whoever submits it. */
public final class TaskRules {
    /** Of the input, as UTF-8. */
    public static final int MAX_INPUT_BYTES = 1 << 20;

    /** Of the metadata's keys and values together, as UTF-8. */
    public static final int MAX_METADATA_BYTES = 64 << 10;

    /** Of a conversation as JSON, its pictures as base64 included, as UTF-8. */
    public static final int MAX_CONVERSATION_BYTES = 1 << 20;

    // of the first step: its place in the trace, what CloudEvents asks for
    private static final int HEADERS = 8 << 10;

    static final int MAX_TENANT = 100;
    // control characters take six bytes each as JSON
    private static final int MAX_INPUT_JSON_BYTES = 5 << 19;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /**
     * What is wrong with a task.
     *
     * @param field of the task
     * @param detail what was given, what is expected, what to do
     * @param size whether it is merely too large
     */
    public record Fault(String field, String detail, boolean size) {}

    private TaskRules() {}

    /** The first fault, or empty. */
    public static Optional<Fault> fault(Task task) {
        return input(task.input())
                .or(() -> metadata(task.metadata()))
                .or(() -> tenant(task.tenant()))
                .or(() -> time("createdAt", task.createdAt()))
                .or(() -> time("deadline", task.deadline()))
                .or(() -> time("startAt", task.startAt()))
                .or(() -> order(task.startAt(), task.deadline()));
    }

    /**
     * The same for a task with what is sent along: the first step must carry all of it.
     *
     * @param conversation null for none
     */
    public static Optional<Fault> fault(Task task, AgentDefinition agent, @Nullable String conversation) {
        return fault(task).or(() -> conversation(conversation)).or(() -> {
            int bytes = Json.bytes(LoopState.start(task, agent.plan())).length
                    + agent.content().length
                    + (conversation == null ? 0 : utf8(conversation))
                    + HEADERS;
            return bytes > Envelope.MAX_BYTES
                    ? tooLarge(
                            "input",
                            "Task, conversation and agent (with its schema) have",
                            bytes,
                            "bytes together",
                            Envelope.MAX_BYTES)
                    : Optional.empty();
        });
    }

    private static Optional<Fault> conversation(@Nullable String conversation) {
        int bytes = conversation == null ? 0 : utf8(conversation);
        return bytes > MAX_CONVERSATION_BYTES
                ? tooLarge(
                        "messages",
                        "The conversation, its pictures included, has",
                        bytes,
                        "bytes",
                        MAX_CONVERSATION_BYTES)
                : Optional.empty();
    }

    /** @throws IllegalArgumentException with the first fault */
    static void require(Task task) {
        fault(task).ifPresent(fault -> {
            throw new IllegalArgumentException(fault.field() + ": " + fault.detail());
        });
    }

    private static Optional<Fault> input(String input) {
        int bytes = utf8(input);
        if (bytes > MAX_INPUT_BYTES) {
            return tooLarge("input", "The input has", bytes, "bytes", MAX_INPUT_BYTES);
        }
        int json = Json.bytes(input).length;
        if (json > MAX_INPUT_JSON_BYTES) {
            return tooLarge("input", "The input has", json, "bytes as JSON", MAX_INPUT_JSON_BYTES);
        }
        int nul = input.indexOf(0);
        return nul < 0
                ? Optional.empty()
                : wrong(
                        "input",
                        "The input has a NUL character at %d, which can't be stored; remove it".formatted(nul));
    }

    private static Optional<Fault> metadata(Map<String, String> metadata) {
        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> utf8(entry.getKey()) + utf8(entry.getValue()))
                .sum();
        return bytes > MAX_METADATA_BYTES
                ? tooLarge("metadata", "The metadata has", bytes, "bytes", MAX_METADATA_BYTES)
                : Optional.empty();
    }

    static Optional<Fault> tenant(String tenant) {
        return tenant.isBlank()
                        || tenant.length() > MAX_TENANT
                        || tenant.chars().anyMatch(Character::isISOControl)
                ? wrong(
                        "tenant",
                        "1 to %d characters are expected, none of them a control character".formatted(MAX_TENANT))
                : Optional.empty();
    }

    private static Optional<Fault> time(String field, @Nullable Instant time) {
        return time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))
                ? wrong(field, "A time from %s to %s is expected, not %s".formatted(EARLIEST, LATEST, time))
                : Optional.empty();
    }

    private static Optional<Fault> order(@Nullable Instant start, @Nullable Instant deadline) {
        return start != null && deadline != null && !start.isBefore(deadline)
                ? wrong(
                        "startAt",
                        "A time before the deadline, %s, is expected, not %s: it would end before it begins"
                                .formatted(deadline, start))
                : Optional.empty();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<Fault> tooLarge(String field, String what, int size, String unit, int limit) {
        String detail =
                "%s %d %s; at most %d are taken. Shorten it, or split the task".formatted(what, size, unit, limit);
        return Optional.of(new Fault(field, detail, true));
    }

    private static Optional<Fault> wrong(String field, String detail) {
        return Optional.of(new Fault(field, detail, false));
    }
}
