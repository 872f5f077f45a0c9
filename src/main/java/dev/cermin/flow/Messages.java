package dev.cermin.flow;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Decision;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.trace.Fork;
import dev.cermin.trace.Origin;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is on the topics: JSON values in an {@link Envelope}.
 * The agent's pinned definition travels in a header of its own, as bytes that are passed on unread.
 */
public final class Messages {
    public static final String TASK = "dev.cermin.task.v1";
    public static final String STEP = "dev.cermin.step.v1";
    public static final String TRACE = "dev.cermin.trace.v1";
    public static final String RESULT = "dev.cermin.result.v1";
    public static final String WEBHOOK = "dev.cermin.webhook.v1";
    public static final String CANCEL = "dev.cermin.cancel.v1";
    public static final String DECISION = "dev.cermin.decision.v1";

    /** The pinned definition of the agent, {@link dev.cermin.agent.AgentDefinition#content()}. */
    public static final String AGENT_HEADER = "cermin_agent";

    /** What a task's draft answers, where that is more than its input: {@link dev.cermin.chat.Conversations}. */
    public static final String CONVERSATION_HEADER = "cermin_conversation";

    /** The address that its outcome is told to, as its submitter gave it. Its query may hold a token. */
    static final String CALLBACK_HEADER = "cermin_callback";

    /** The steps of another trace that a task goes on from: a {@link Fork} as JSON, of the task's message alone. */
    static final String FORK_HEADER = "cermin_fork";

    /** Of a step without a value: the id by which Postgres has it. */
    static final String CLAIM_HEADER = "cermin_claim";

    /** Tells in a dead letter or a result what was left out, as it would have been too large. */
    static final String LEFT_OUT_HEADER = "cermin_left_out";

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

    /**
     * What a person decided about a loop that waits.
     *
     * @param step the number that the decision has in the trace
     */
    public record Decide(UUID taskId, int step, Decision decision) {
        public Decide {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * What is to be known of a loop that waits for a person, beside its state.
     *
     * @param step the number that the decision will have in the trace
     * @param due when the policy's default holds
     */
    record Wait(int step, String tenant, Instant asked, Instant due) {
        /** @throws JsonException where the record doesn't say it */
        static Wait of(ConsumerRecord<String, byte[]> record) {
            String given = Envelope.header(record.headers(), WAIT_HEADER)
                    .map(Envelope::text)
                    .orElse("");
            return Json.read(given, Wait.class);
        }
    }

    /** Of a loop that waits for a person: {@link Wait}. */
    private static final String WAIT_HEADER = "cermin_wait";

    private Messages() {}

    public static ProducerRecord<String, byte[]> task(Task task, byte[] agent) {
        return task(task, agent, Carried.NOTHING);
    }

    static ProducerRecord<String, byte[]> task(Task task, byte[] agent, Carried carried) {
        var record = Envelope.record(Topics.TASKS, TASK, task.id(), task.id().toString(), Json.bytes(task), agent);
        carried.addTo(record.headers());
        return record;
    }

    /** A task that goes on from another one's trace. */
    static ProducerRecord<String, byte[]> forked(ProducerRecord<String, byte[]> task, Fork fork) {
        task.headers().add(FORK_HEADER, Json.bytes(fork));
        return task;
    }

    /**
     * What a task goes on from; empty where it begins anew.
     *
     * @throws JsonException where it can't be read
     */
    static Optional<Fork> fork(ConsumerRecord<String, byte[]> task) {
        return Envelope.header(task.headers(), FORK_HEADER).map(bytes -> Json.read(bytes, Fork.class));
    }

    static ProducerRecord<String, byte[]> step(String lane, Step step, byte[] agent, Carried carried) {
        UUID task = step.state().task().id();
        String id = task + "/do/" + step.head().steps();
        var record = Envelope.record(Topics.ofLane(lane), STEP, task, id, Json.bytes(step), agent);
        carried.addTo(record.headers());
        return record;
    }

    /** A step's message for a person's decision, kept till that is there. */
    static ProducerRecord<String, byte[]> waiting(Step step, byte[] agent, Carried carried, Wait wait) {
        UUID task = step.state().task().id();
        var record = Envelope.record(Topics.REVIEWS, STEP, task, task + "/do/" + wait.step(), Json.bytes(step), agent);
        carried.addTo(record.headers());
        Envelope.put(record.headers(), WAIT_HEADER, Json.text(wait));
        return record;
    }

    /** For each partition of {@link Topics#REVIEWS}: which one its loop lies in is not looked up. */
    public static ProducerRecord<String, byte[]> decide(Decide decide, int partition) {
        var record = Envelope.record(
                Topics.REVIEWS, DECISION, decide.taskId(), UUID.randomUUID().toString(), Json.bytes(decide), null);
        return new ProducerRecord<>(
                record.topic(), partition, record.key() + Deciding.DECISION, record.value(), record.headers());
    }

    /** The same message without its value, which is kept elsewhere under an id. */
    static ProducerRecord<String, byte[]> claimed(ProducerRecord<String, byte[]> step, UUID id) {
        // in a compacted topic no value at all would mean that it is gone
        byte[] none = step.topic().equals(Topics.REVIEWS) ? new byte[0] : null;
        var record = new ProducerRecord<String, byte[]>(step.topic(), null, step.key(), none, step.headers());
        Envelope.put(record.headers(), CLAIM_HEADER, id.toString());
        return record;
    }

    /**
     * The id of its value; empty where the record has the value itself.
     *
     * @throws JsonException where it is no id
     */
    static Optional<UUID> claim(ConsumerRecord<String, byte[]> record) {
        try {
            return Envelope.header(record.headers(), CLAIM_HEADER)
                    .map(Envelope::text)
                    .map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw new JsonException("The header " + CLAIM_HEADER + " is no id", e);
        }
    }

    /** @param agent with the first step of a trace, so that the recorder can store the definition; else null */
    static ProducerRecord<String, byte[]> trace(
            TraceStep step, Origin origin, byte @Nullable [] agent, Carried carried) {
        var record = Envelope.record(
                Topics.TRACES,
                TRACE,
                step.taskId(),
                step.taskId() + "/trace/" + step.number(),
                Json.bytes(step),
                agent);
        Origins.write(origin, record.headers());
        carried.addToldTo(record.headers());
        return record;
    }

    /** What is told at the end of a loop: its result, and where its submitter wants to be called, what to call with. */
    static List<ProducerRecord<String, byte[]>> end(Outcome outcome, Carried carried) {
        var result = result(outcome, carried);
        byte[] callback = carried.get(CALLBACK_HEADER);
        if (callback == null) {
            return List.of(result);
        }
        return List.of(result, fitting(outcome, each -> webhook(each, callback, carried)));
    }

    static ProducerRecord<String, byte[]> result(Outcome outcome, Carried carried) {
        return fitting(outcome, each -> {
            var record = Envelope.record(
                    Topics.RESULTS, RESULT, each.taskId(), each.taskId() + "/result", Json.bytes(each), null);
            carried.addToldTo(record.headers());
            return record;
        });
    }

    /**
     * A webhook's body, as the Standard Webhooks specification proposes it; the header {@code cermin_callback} has the
     * address.
     *
     * @param type {@code task.finished}
     * @param timestamp when the loop ended
     * @param data the outcome, as on the results topic
     */
    record Event(String type, Instant timestamp, Outcome data) {}

    private static ProducerRecord<String, byte[]> webhook(Outcome outcome, byte[] callback, Carried carried) {
        Event event = new Event("task.finished", Instant.now().truncatedTo(ChronoUnit.MILLIS), outcome);
        var record = Envelope.record(
                Topics.WEBHOOKS, WEBHOOK, outcome.taskId(), outcome.taskId() + "/webhook", Json.bytes(event), null);
        carried.addToldTo(record.headers());
        record.headers().add(CALLBACK_HEADER, callback);
        return record;
    }

    /** Without the attempts where they make it too large, and without the best one if even that does; all are traced. */
    private static ProducerRecord<String, byte[]> fitting(
            Outcome outcome, Function<Outcome, ProducerRecord<String, byte[]>> told) {
        var whole = told.apply(outcome);
        if (Envelope.fits(whole)) {
            return whole;
        }
        var best = told.apply(without(outcome, outcome.best()));
        boolean enough = Envelope.fits(best);
        var less = enough ? best : told.apply(without(outcome, null));
        Envelope.put(less.headers(), LEFT_OUT_HEADER, enough ? "attempts" : "attempts, best");
        return less;
    }

    private static Outcome without(Outcome outcome, @Nullable Attempt best) {
        return new Outcome(outcome.taskId(), outcome.agent(), outcome.stop(), best, List.of(), outcome.ledger());
    }

    public static ProducerRecord<String, byte[]> cancel(UUID taskId, String by) {
        return Envelope.record(
                Topics.CONTROL, CANCEL, taskId, UUID.randomUUID().toString(), Json.bytes(new Cancel(taskId, by)), null);
    }

    /** The record as it came, for the end of its own partition, to be begun later. */
    static ProducerRecord<String, byte[]> again(
            ConsumerRecord<String, byte[]> from, Attempts attempts, Instant notBefore) {
        Long sent = from.timestamp() < 0 ? null : Long.valueOf(from.timestamp());
        var record =
                new ProducerRecord<>(from.topic(), from.partition(), sent, from.key(), from.value(), from.headers());
        attempts.write(record.headers(), notBefore);
        return record;
    }

    /**
     * The record as it came, with what was wrong with it in headers of its own. One that is too large to be sent again
     * goes without its value, which lies where the headers say.
     */
    static ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> from, String reason) {
        return deadLetter(from, reason, Attempts.of(from.headers()), null);
    }

    /**
     * The same after several attempts.
     *
     * @param thrown what ended the last one; null where nothing was thrown
     */
    static ProducerRecord<String, byte[]> deadLetter(
            ConsumerRecord<String, byte[]> from, String reason, Attempts attempts, @Nullable Throwable thrown) {
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, from.key(), from.value(), from.headers());
        if (!Envelope.fits(letter)) {
            letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, from.key(), null, from.headers());
            List<String> leftOut = new ArrayList<>();
            if (from.value() != null) {
                leftOut.add("value");
            }
            for (String large : List.of(AGENT_HEADER, CONVERSATION_HEADER, FORK_HEADER)) {
                if (letter.headers().lastHeader(large) != null) {
                    letter.headers().remove(large);
                    leftOut.add(large);
                }
            }
            Envelope.put(letter.headers(), LEFT_OUT_HEADER, String.join(", ", leftOut));
        }
        Attempts.strip(letter.headers());
        String shown = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + " …";
        Envelope.put(letter.headers(), DeadLetters.REASON, shown);
        Envelope.put(letter.headers(), DeadLetters.TOPIC, from.topic());
        Envelope.put(letter.headers(), DeadLetters.PARTITION, String.valueOf(from.partition()));
        Envelope.put(letter.headers(), DeadLetters.OFFSET, String.valueOf(from.offset()));
        Envelope.put(
                letter.headers(),
                DeadLetters.TIMESTAMP,
                Instant.ofEpochMilli(from.timestamp()).toString());
        Envelope.put(letter.headers(), DeadLetters.ATTEMPTS, String.valueOf(attempts.number()));
        if (attempts.firstFailure() != null) {
            Envelope.put(
                    letter.headers(),
                    DeadLetters.FIRST_FAILURE,
                    attempts.firstFailure().toString());
        }
        if (thrown != null) {
            Envelope.put(
                    letter.headers(), DeadLetters.EXCEPTION, thrown.getClass().getName());
        }
        return letter;
    }

    /** What a record led to; where the broker would refuse any of it, a dead letter instead. */
    static List<ProducerRecord<String, byte[]>> publishable(
            ConsumerRecord<String, byte[]> from, List<ProducerRecord<String, byte[]>> out) {
        return out.stream()
                .filter(record -> !Envelope.fits(record))
                .findFirst()
                .map(record -> List.of(deadLetter(
                        from,
                        "It led to a message for %s of %d bytes, and a message holds %d"
                                .formatted(record.topic(), Envelope.size(record), Envelope.MAX_BYTES))))
                .orElse(out);
    }

    static Optional<byte[]> agent(ConsumerRecord<String, byte[]> record) {
        return Envelope.header(record.headers(), AGENT_HEADER);
    }
}
