package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.outcome;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages that were recorded when v1 was new still run, and are what the schemas say. The recordings stay as they are:
 * where one no longer runs, the change is not compatible.
 */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class YesterdaysMessagesTest {
    private static final List<StepKind> WHOLE = List.of(
            StepKind.SUBMIT,
            StepKind.GENERATE,
            StepKind.VERIFY,
            StepKind.REFLECT,
            StepKind.CORRECT,
            StepKind.VERIFY,
            StepKind.REFLECT,
            StepKind.FINISH);

    @Inject
    ScriptedModels models;

    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        models.reset();
        script(models);
        kafka = Services.kafka();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    /** A first draft that is corrected once. */
    static void script(ScriptedModels models) {
        models.script("scripted-generate", prompt -> "first");
        models.script("scripted-correct", prompt -> "second");
        models.script(
                "scripted-reflect",
                prompt -> prompt.contains("second")
                        ? "<reflection>better</reflection><output>accept 0.9</output>"
                        : "<reflection>too short</reflection><output>revise 0.3</output>");
    }

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Recorded.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"task", "conversation", "step-generate", "step-reflect", "step-correct", "step-reflect-again"})
    void aLoopThatWasUnderWayGoesOnToItsEnd(String name) throws Exception {
        List<Recorded> recorded = Recorded.read(Recorded.FOLDER.resolve(name + ".jsonl"));
        UUID id = UUID.fromString(recorded.getLast().key());
        for (Recorded message : recorded) {
            message.send(kafka);
        }
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(outcome(id).getString("best.draft.output")).isEqualTo("second");
        List<TraceStep> trace = trace(id);
        assertThat(trace).extracting(TraceStep::kind).containsExactlyElementsOf(WHOLE);
        assertThat(Chain.verify(trace).complete()).isTrue();
        List<String> before = recorded.stream()
                .filter(message -> message.topic().equals(Topics.TRACES))
                .map(message -> Json.read(message.value(), TraceStep.class).hash())
                .toList();
        assertThat(trace.stream().map(TraceStep::hash).limit(before.size())).containsExactlyElementsOf(before);
        assertThat(kafka.read(Topics.RESULTS, id.toString())).hasSize(1);
    }

    @Test
    void aResultAndItsTraceAreStillRead() throws Exception {
        List<Recorded> recorded = Recorded.read(Recorded.FOLDER.resolve("result.jsonl"));
        Outcome outcome = Json.read(recorded.getLast().value(), Outcome.class);
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.answer()).contains("second");
        List<TraceStep> trace = recorded.subList(0, recorded.size() - 1).stream()
                .map(message -> Json.read(message.value(), TraceStep.class))
                .toList();
        assertThat(trace).extracting(TraceStep::kind).containsExactlyElementsOf(WHOLE);
        assertThat(Chain.verify(trace).complete()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void yesterdaysMessagesAreWhatTodaysSchemasSay(Path file) throws Exception {
        for (Recorded message : Recorded.read(file)) {
            assertThat(faults(message)).as(message.toString()).isEmpty();
        }
    }

    @Test
    void everyMessageThatIsSentIsWhatItsSchemaSays() throws Exception {
        // too long for the next step to be done in place
        models.script("scripted-generate", prompt -> {
            LockSupport.parkNanos(100_000_000);
            return "first";
        });
        UUID id = submit(Map.of(
                "agent",
                "scripted-long",
                "input",
                "by the schema",
                "tenant",
                "schemas",
                "metadata",
                Map.of("a", "b"),
                "deadline",
                "2999-01-01T00:00:00Z"));
        finished(id);
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("out of order");
        });
        UUID failed = submit("scripted-long", "fails by the schema");
        finished(failed);
        UUID cancelled = submit("scripted-long", "cancelled by the schema");
        given().post("/api/tasks/" + cancelled + "/cancel");
        List<Recorded> sent = new ArrayList<>();
        within().until(() -> !kafka.read(Topics.RESULTS, failed.toString()).isEmpty());
        Set<String> topics = new TreeSet<>(Topics.all().keySet());
        // its records are keys alone
        topics.remove(Topics.TASKS_BEGUN);
        for (String topic : topics) {
            for (UUID task : List.of(id, failed, cancelled)) {
                kafka.read(topic, task.toString()).forEach(record -> sent.add(Recorded.of(record)));
            }
        }
        assertThat(sent)
                .extracting(message -> message.headers().get("ce_type"))
                .contains(Messages.TASK, Messages.STEP, Messages.TRACE, Messages.RESULT);
        assertThat(sent).allSatisfy(message -> {
            assertThat(message.headers())
                    .containsEntry(
                            "ce_dataschema", Envelope.schemaOf(message.headers().get("ce_type")))
                    .containsKeys("ce_id", "ce_source", "ce_subject", "ce_time", "ce_specversion");
            assertThat(faults(message)).isEmpty();
        });
    }

    @Test
    void aVersionThatIsNotKnownGoesToTheDeadLettersAndSaysSo() throws Exception {
        UUID id = UUID.randomUUID();
        String json = "{\"id\":\"%s\",\"agent\":\"scripted\",\"input\":\"of tomorrow\"}".formatted(id);
        var tomorrows = new ProducerRecord<>(Topics.TASKS, id.toString(), json.getBytes(UTF_8));
        tomorrows.headers().add("ce_type", "dev.cermin.task.v2".getBytes(UTF_8));
        kafka.send(tomorrows);
        within().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTERS, id.toString()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(KafkaProbe.header(letter, "dead-letter-reason"))
                            .contains("dev.cermin.task.v1")
                            .contains("dev.cermin.task.v2");
                    assertThat(schema("dead-letter.v1")
                                    .validate(Json.text(Recorded.of(letter).headers()), InputFormat.JSON))
                            .isEmpty();
                }));
    }

    @Test
    void theGatewayHandsOutTheSchemas() {
        String schema = given().get("/schemas/step.v1.json").asString();
        assertThat(Json.read(schema, new TypeReference<Map<String, Object>>() {}))
                .containsEntry("$id", "urn:cermin:schema:step.v1");
    }

    private static List<?> faults(Recorded message) throws IOException {
        String type = message.headers().get("ce_type");
        return schema(type.substring("dev.cermin.".length())).validate(message.value(), InputFormat.JSON);
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SchemasTest.FOLDER.resolve(name + ".json")), InputFormat.JSON);
    }
}
