package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.Agents;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can't be read is set aside with a reason, and what comes behind it is served. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class DeadLettersTest {
    private static final int PARTITION = 2;

    @Inject
    ScriptedModels models;

    @Inject
    Agents agents;

    private final UUID id = UUID.randomUUID();
    private final List<Poison> sent = new ArrayList<>();
    private KafkaProbe kafka;
    private byte[] agent;

    @BeforeEach
    void open() {
        models.reset();
        kafka = Services.kafka();
        agent = agents.named("scripted").content();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void tasksThatCannotBeRead() throws Exception {
        poison(Topics.TASKS, "{nonsense", Map.of(), "JSON");
        poison(Topics.TASKS, null, Map.of(), "no value");
        poison(Topics.TASKS, task("scripted"), Map.of("ce_type", "dev.cermin.task.v2"), "task.v2");
        poison(Topics.TASKS, task("nobody"), Map.of(), "nobody");
        poison(
                Topics.TASKS,
                "{\"id\":\"%s\",\"agent\":\"scripted\"}".formatted(id),
                Map.of(),
                "needs id, agent and input");
        poison(
                Topics.TASKS,
                task("equations"),
                Map.of(Messages.AGENT_HEADER, new String(agent, UTF_8)),
                "for agent 'equations'");
        poison(Topics.TASKS, task("scripted"), Map.of(Messages.AGENT_HEADER, "{}"), "AgentDefinition");
        String far = task("scripted").replace("2030-01-01T00:00:00Z", "-50000-01-01T00:00:00Z");
        poison(Topics.TASKS, far, Map.of(), "createdAt");
        String nul = task("scripted").replace("ask", "a\\u0000k");
        poison(Topics.TASKS, nul, Map.of(), "NUL");
        kafka.send(new ProducerRecord<>(
                Topics.TASKS, PARTITION, id.toString(), task("scripted").getBytes(UTF_8)));
        finished(id);
        assertAllSetAside();
    }

    @Test
    void stepsThatCannotBeRead() throws Exception {
        String topic = Topics.ofLane("generate");
        String step = new String(step(), UTF_8);
        String pinned = new String(agent, UTF_8);
        Map<String, String> right = Map.of(Messages.AGENT_HEADER, pinned);
        poison(topic, "[]", right, "JSON");
        poison(topic, null, right, "no value");
        poison(topic, "{}", right, "state");
        poison(topic, step, Map.of("ce_type", Messages.TASK, Messages.AGENT_HEADER, pinned), Messages.TASK);
        poison(topic, step, Map.of(), Messages.AGENT_HEADER + " is missing");
        // known or not: the right definition is known to the worker after the first good step
        finished(submit("scripted", "make the agent known"));
        String other = new String(agents.named("equations").content(), UTF_8);
        poison(topic, step, Map.of(Messages.AGENT_HEADER, other), "pinned");
        poison(topic, step, Map.of(Messages.AGENT_HEADER, pinned + " "), "pinned");

        ProducerRecord<String, byte[]> good = new ProducerRecord<>(topic, PARTITION, null, step());
        good.headers().add(Messages.AGENT_HEADER, agent);
        kafka.send(good);
        within().until(() -> kafka.read(Topics.RESULTS, id.toString()).size() == 1);
        assertAllSetAside();
    }

    @Test
    void traceRecordsThatCannotBeReadOrStored() throws Exception {
        UUID done = submit("scripted", "a good trace");
        finished(done);
        TraceStep first = trace(done).getFirst();
        String submit = Json.text(first).replace(done.toString(), id.toString());
        poison(Topics.TRACES, "{nonsense", Map.of(), "JSON");
        poison(Topics.TRACES, null, Map.of(), "no value");
        poison(Topics.TRACES, submit, Map.of("ce_type", "dev.cermin.trace.v9"), "trace.v9");
        poison(Topics.TRACES, "{}", Map.of(), "Trace");
        poison(
                Topics.TRACES,
                "{\"attempt\":1,\"durationMillis\":1,\"number\":0,\"round\":0}",
                Map.of(),
                "can't be stored");
        poison(Topics.TRACES, submit.replace("\"worker\":", "\"worker\":\"a\\u0000b\",\"w\":"), Map.of(), "stored");
        poison(Topics.TRACES, submit, Map.of(Messages.AGENT_HEADER, "{"), "AgentDefinition");

        kafka.send(new ProducerRecord<>(Topics.TRACES, PARTITION, "no uuid", submit.getBytes(UTF_8)));
        within().untilAsserted(() -> assertThat(rows("select number from step where task_id = '%s'".formatted(id)))
                .containsExactly("0"));
    }

    @Test
    void cancellationsThatCannotBeReadAreNoObstacle() throws Exception {
        for (String poison : new String[] {"{nonsense", "{}", "{\"taskId\":\"no\",\"by\":\"me\"}"}) {
            kafka.send(new ProducerRecord<>(Topics.CONTROL, "x", poison.getBytes(UTF_8)));
        }
        kafka.send(new ProducerRecord<>(Topics.CONTROL, null, null));
        kafka.send(Messages.cancel(id, "a test"));
        // the worker's follower is told in the order of the partition, with no more delay than its next poll
        models.script("scripted-generate", prompt -> "draft");
        within().untilAsserted(() -> {
            UUID next = UUID.randomUUID();
            kafka.send(Messages.cancel(next, "a test"));
            Task task = new Task(next, "scripted", "cancelled from the start", now());
            kafka.send(Messages.task(task, agent));
            assertThat(finished(next).getString("summary.stopReason")).isEqualTo("cancelled");
        });
    }

    private String task(String name) {
        return "{\"id\":\"%s\",\"agent\":\"%s\",\"input\":\"ask\",\"createdAt\":\"2030-01-01T00:00:00Z\"}"
                .formatted(id, name);
    }

    private byte[] step() {
        LoopState state = LoopState.start(
                new Task(id, "scripted", "step", now()),
                agents.named("scripted").plan());
        TraceStep submitted = new Tracer("test").submitted(state, now());
        return Json.bytes(new Messages.Step(state, TraceHead.after(submitted)));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void poison(String topic, @Nullable String value, Map<String, String> headers, String reason)
            throws Exception {
        // a task is keyed by its id, and one that came before would be passed over
        String own = topic.equals(Topics.TASKS) && value != null && value.contains(id.toString())
                ? UUID.randomUUID().toString()
                : null;
        String text = own == null ? value : String.valueOf(value).replace(id.toString(), own);
        byte[] bytes = text == null ? null : text.getBytes(UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, PARTITION, own, bytes);
        headers.forEach((name, content) -> record.headers().add(name, content.getBytes(UTF_8)));
        record.headers().add("own", "kept".getBytes(UTF_8)).add("empty", null);
        sent.add(new Poison(kafka.send(record), record, headers, reason));
    }

    /** Something that was sent to be set aside. */
    private record Poison(
            RecordMetadata at, ProducerRecord<String, byte[]> record, Map<String, String> headers, String reason) {
        boolean isIn(ConsumerRecord<String, byte[]> letter) {
            return at.topic().equals(KafkaProbe.header(letter, "dead-letter-topic"))
                    && String.valueOf(at.partition()).equals(KafkaProbe.header(letter, "dead-letter-partition"))
                    && String.valueOf(at.offset()).equals(KafkaProbe.header(letter, "dead-letter-offset"));
        }

        void verify(ConsumerRecord<String, byte[]> letter) {
            assertThat(KafkaProbe.header(letter, "dead-letter-reason")).contains(reason);
            assertThat(KafkaProbe.header(letter, "own")).isEqualTo("kept");
            headers.forEach(
                    (name, text) -> assertThat(KafkaProbe.header(letter, name)).isEqualTo(text));
            assertThat(letter.value()).isEqualTo(record.value());
            assertThat(letter.key()).isEqualTo(record.key());
            assertThat(KafkaProbe.header(letter, "dead-letter-attempts")).isEqualTo("1");
            assertThat(KafkaProbe.header(letter, "dead-letter-timestamp"))
                    .isEqualTo(Instant.ofEpochMilli(at.timestamp()).toString());
        }
    }

    private void assertAllSetAside() {
        within().untilAsserted(() -> {
            List<ConsumerRecord<String, byte[]>> letters = kafka.read(Topics.DEAD_LETTERS);
            for (Poison each : sent) {
                assertThat(letters.stream().filter(each::isIn))
                        .as(each.reason())
                        .singleElement()
                        .satisfies(each::verify);
            }
        });
    }
}
