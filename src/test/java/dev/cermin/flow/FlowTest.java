package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.outcome;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cermin.export.TraceLine;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks as they go through the topics. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class FlowTest {
    @Inject
    ScriptedModels models;

    /** Those that {@link FlowParts} makes its clients with. */
    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> settings;

    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        models.reset();
        kafka = Services.kafka();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aTaskFromAPlainProducerRunsAndFieldsThatAreNotKnownAreIgnored() throws Exception {
        UUID id = UUID.randomUUID();
        String task = """
                {"id":"%s","agent":"scripted","input":"plain","color":"red"}
                """.formatted(id);
        kafka.send(new ProducerRecord<>(Topics.TASKS, null, task.getBytes(UTF_8)));
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(Services.status(id).getString("summary.tenant")).isEqualTo("default");
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
    }

    @Test
    void theStepsOfAModelWithALaneOfItsOwnGoThere() {
        UUID id = submit("scripted-lane", "by its own lane");
        assertThat(finished(id).getString("status")).isEqualTo("finished");

        assertThat(kafka.read(Topics.ofLane("gpu"), id.toString())).isNotEmpty();
        assertThat(kafka.read(Topics.ofLane("generate"), id.toString())).isEmpty();
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
    }

    @Test
    void eachTaskHasOneResult() {
        List<UUID> ids = IntStream.range(0, 40)
                .mapToObj(i -> submit("scripted", "result " + i))
                .toList();
        ids.forEach(Services::finished);
        Map<String, List<ConsumerRecord<String, byte[]>>> results =
                kafka.read(Topics.RESULTS).stream().collect(Collectors.groupingBy(ConsumerRecord::key));
        for (UUID id : ids) {
            assertThat(results.get(id.toString())).singleElement().satisfies(record -> {
                Outcome outcome = Json.read(record.value(), Outcome.class);
                assertThat(outcome.stop().reason()).isEqualTo(StopReason.ACCEPTED);
                assertThat(outcome.answer()).contains("answer");
                assertThat(KafkaProbe.header(record, "ce_type")).isEqualTo(Messages.RESULT);
                assertThat(KafkaProbe.header(record, "ce_subject")).isEqualTo(id.toString());
            });
        }
    }

    @Test
    void traceRecordsThatComeAgainChangeNothing() throws Exception {
        UUID id = submit("scripted", "again and again");
        finished(id);
        String steps = "select * from step where task_id = '%s' order by number".formatted(id);
        String task = "select * from task where id = '%s'".formatted(id);
        List<String> stepsBefore = rows(steps);
        List<String> taskBefore = rows(task);
        for (int i = 0; i < 2; i++) {
            for (ConsumerRecord<String, byte[]> record : kafka.read(Topics.TRACES, id.toString())) {
                kafka.send(new ProducerRecord<>(Topics.TRACES, null, record.key(), record.value(), record.headers()));
            }
        }
        // behind them on the same partition
        UUID marker = sameKeyAs(id);
        within().untilAsserted(() -> assertThat(rows("select id from task where id = '%s'".formatted(marker)))
                .hasSize(1));
        assertThat(rows(steps)).isEqualTo(stepsBefore).hasSize(4);
        assertThat(rows(task)).isEqualTo(taskBefore);
    }

    @Test
    void cardNumbersReachTheModelAndTheCallerAndNoTrace() throws Exception {
        String card = "5555 5555 5555 4444";
        models.script("scripted-generate", prompt -> "answer " + card);
        UUID id = submit(Map.of("agent", "scripted", "input", "of " + card, "metadata", Map.of("card", card)));
        finished(id);

        assertThat(rows("select row_to_json(step) from step where task_id = '%s'".formatted(id)))
                .isNotEmpty()
                .noneMatch(row -> row.contains(card))
                .anyMatch(row -> row.contains("answer [redacted:card]"));
        assertThat(kafka.read(Topics.TRACES, id.toString()))
                .isNotEmpty()
                .noneMatch(record -> new String(record.value(), UTF_8).contains(card));
        assertThat(kafka.read(Topics.RESULTS, id.toString()))
                .singleElement()
                .satisfies(record -> assertThat(
                                Json.read(record.value(), Outcome.class).answer())
                        .contains("answer " + card));
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
        assertThat(given().get("/q/metrics").asString())
                .containsPattern("cermin_redactions_total\\{mark=\"card\"[^}]*} [1-9]");
    }

    @Test
    void aClientThatWaitsForItsAnswerGetsItAsItWasWritten() {
        String card = "5555 5555 5555 4444";
        models.script("scripted-generate", prompt -> "answer " + card);

        String answer = given().contentType("application/json")
                .body(Map.of("model", "scripted", "messages", List.of(Map.of("role", "user", "content", "which?"))))
                .post("/v1/chat/completions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("choices[0].message.content");

        assertThat(answer).isEqualTo("answer " + card);
    }

    @Test
    void aForkGoesOnFromAStepAsATaskOfItsOwnOnceAndTheOriginalStaysAsItIs() {
        UUID id = submit("scripted", "to be forked");
        finished(id);
        List<TraceStep> before = trace(id);
        models.script("scripted-generate", prompt -> "another");

        UUID fork = fork(id, 0, "a key");
        assertThat(fork(id, 0, "a key")).as("the same key is the same task").isEqualTo(fork);
        finished(fork);
        List<TraceStep> steps = trace(fork);
        assertThat(Chain.verify(steps).complete()).isTrue();
        assertThat(steps.getFirst().parameters()).containsOnly(entry("forkOf", id.toString()), entry("forkStep", "0"));
        assertThat(outcome(fork).getString("best.draft.output")).isEqualTo("another");

        UUID later = fork(id, 1, null);
        finished(later);
        List<TraceStep> kept = trace(later);
        assertThat(Chain.verify(kept).complete()).isTrue();
        assertThat(kept.get(1).texts()).isEqualTo(before.get(1).texts());
        assertThat(kept.get(1).hash()).isNotEqualTo(before.get(1).hash());

        assertThat(trace(id)).isEqualTo(before);
        assertThat(given().get("/api/traces/{id}/forks", id).jsonPath().getList("", String.class))
                .containsExactly(fork.toString(), later.toString());
        given().contentType("application/json")
                .body(Map.of("step", before.size() - 1))
                .post("/api/traces/{id}/forks", id)
                .then()
                .statusCode(400);
    }

    @Test
    void tracesAreExportedALineEachByTheFiltersOfTheSearch() {
        Set<UUID> ids = IntStream.range(0, 3)
                .mapToObj(i -> submit(Map.of("agent", "scripted", "input", "export " + i, "tenant", "exported")))
                .collect(Collectors.toSet());
        ids.forEach(Services::finished);

        String body = given().get("/api/traces/export?tenant=exported")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();

        List<TraceLine> lines =
                body.lines().map(line -> Json.read(line, TraceLine.class)).toList();
        assertThat(lines).hasSize(3).allMatch(TraceLine::intact);
        assertThat(lines.stream().map(TraceLine::task)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(lines.getFirst().steps()).isEqualTo(trace(lines.getFirst().task()));
        given().get("/api/traces/export?colour=red").then().statusCode(400);
    }

    private static UUID fork(UUID task, int step, @Nullable String key) {
        var request = given().contentType("application/json").body(Map.of("step", step));
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/api/traces/{id}/forks", task)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    @Test
    void aModelThatFailsEndsTheTaskAndTheTraceSaysWhy() {
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("out of order");
        });
        UUID id = submit("scripted", "fails");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("failed");
        assertThat(outcome(id).getString("stop.detail"))
                .contains("scripted-generate")
                .contains("out of order");
        List<TraceStep> trace = trace(id);
        assertThat(trace)
                .extracting(TraceStep::kind)
                .containsExactly(StepKind.SUBMIT, StepKind.GENERATE, StepKind.FINISH);
        assertThat(trace.get(1).texts().findings()).contains("out of order");
    }

    @Test
    void anEngineThatCannotEvenBeLoadedEndsTheTaskAndTheLaneGoesOn() {
        models.script("scripted-once", prompt -> {
            if (prompt.startsWith("broken")) {
                throw new NoClassDefFoundError("some/Engine");
            }
            return "fine";
        });
        List<UUID> broken = IntStream.range(0, 20)
                .mapToObj(i -> submit("scripted-once", "broken " + i))
                .toList();
        for (UUID id : broken) {
            assertThat(finished(id).getString("summary.stopReason")).isEqualTo("failed");
            assertThat(outcome(id).getString("stop.detail")).contains("some/Engine");
            assertThat(Chain.verify(trace(id)).complete()).isTrue();
        }
        assertThat(finished(submit("scripted-once", "next")).getString("summary.stopReason"))
                .isEqualTo("accepted");
    }

    @Test
    void aCriticThatFailsDoesNotEndTheLoop() {
        models.script("scripted-reflect", prompt -> {
            throw new IllegalStateException("no opinion");
        });
        UUID id = submit("scripted", "uncriticised");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("no_progress");
        assertThat(outcome(id).getString("best.draft.output")).isEqualTo("answer");
        assertThat(trace(id).get(2).texts().findings()).contains("no opinion");
    }

    @Test
    void anAnswerTooLargeForAMessageEndsTheTaskWithTheBestDraftSoFar() {
        models.script("scripted-reflect", prompt -> "<reflection>longer</reflection><output>revise</output>");
        models.script("scripted-correct", prompt -> "y".repeat(3 << 20));
        UUID id = submit("scripted", "grow");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("failed");
        assertThat(outcome(id).getString("stop.detail")).contains("ask for shorter answers");
        assertThat(outcome(id).getString("best.draft.output")).isEqualTo("answer");
        List<TraceStep> trace = trace(id);
        assertThat(Chain.verify(trace).complete()).isTrue();
        assertThat(trace.get(3).tokensOut()).as("it was paid for").isEqualTo(3L << 20);
        assertThat(kafka.read(Topics.RESULTS, id.toString())).hasSize(1);
    }

    @Test
    void aResultTooLargeForAMessageGoesWithoutItsAttempts() {
        models.script("scripted-generate", prompt -> "a".repeat(1_700_000));
        models.script("scripted-correct", prompt -> (prompt.contains("| a") ? "b" : "c").repeat(500_000));
        models.script(
                "scripted-reflect",
                prompt -> "<reflection>no</reflection><output>revise 0.%d</output>"
                        .formatted(prompt.contains("| a") ? 8 : 1));
        UUID id = submit("scripted", "large drafts");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("rounds");
        assertThat(kafka.read(Topics.RESULTS, id.toString())).singleElement().satisfies(record -> {
            Outcome outcome = Json.read(record.value(), Outcome.class);
            assertThat(outcome.attempts().size()).isZero();
            assertThat(outcome.answer())
                    .hasValueSatisfying(best -> assertThat(best).hasSize(1_700_000));
            assertThat(KafkaProbe.header(record, "cermin_left_out")).isEqualTo("attempts");
        });
        assertThat(outcome(id).getList("attempts").size()).isEqualTo(3);
    }

    @Test
    void aSlowCallHoldsUpNobodyAndIsMadeOnce() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        models.script("scripted-once", prompt -> {
            if (prompt.equals("slow")) {
                // longer than max.poll.interval.ms, so that a lane that didn't poll would be thrown out of its group
                await(slow);
            }
            return "done";
        });
        assertThat(settings).containsEntry("max.poll.interval.ms", "6000");
        String members = members();
        UUID first = submit("scripted-once", "slow");
        within().until(() -> models.asked("slow") == 1);
        long begun = System.nanoTime();
        List<UUID> quick = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            quick.add(submit("scripted-once", "quick " + i));
        }
        quick.forEach(Services::finished);
        // its lane had the name of a quick one, so that its first step may not be told yet
        assertThat(Services.status(first).getString("status")).isIn("accepted", "running");
        within().until(() -> System.nanoTime() - begun > 9_000_000_000L);
        slow.countDown();
        finished(first);

        assertThat(models.asked("slow")).isEqualTo(1);
        assertThat(members()).as("nobody left the group").isEqualTo(members);
        List<String> results =
                kafka.read(Topics.RESULTS).stream().map(ConsumerRecord::key).toList();
        for (int i = 0; i < 50; i++) {
            assertThat(models.asked("quick " + i)).isEqualTo(1);
            assertThat(results).containsOnlyOnce(quick.get(i).toString());
        }
        assertThat(rows("select count(*) from step where task_id = '%s'".formatted(first)))
                .containsExactly("3");
    }

    private String members() throws Exception {
        try (var admin = kafka.admin()) {
            return admin.describeConsumerGroups(List.of(Topics.ofLane("generate"))).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(member -> member.consumerId())
                    .toList()
                    .toString();
        }
    }

    /** A trace record that begins another task, with the key and so the partition of this one. */
    private UUID sameKeyAs(UUID task) throws Exception {
        UUID other = UUID.randomUUID();
        ConsumerRecord<String, byte[]> first =
                kafka.read(Topics.TRACES, task.toString()).getFirst();
        String json = new String(first.value(), UTF_8).replace(task.toString(), other.toString());
        kafka.send(new ProducerRecord<>(Topics.TRACES, task.toString(), json.getBytes(UTF_8)));
        return other;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
