package dev.cermin.cli;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.setting;
import static dev.cermin.fixture.Services.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a running gateway, and to its Kafka. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class GatewayCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NEVER = "<reflection>no</reflection><output>revise 0.1</output>";

    @Inject
    ScriptedModels models;

    @TestHTTPResource
    URI base;

    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void aTaskMayBeToldWhenAndHowOftenItBegins() throws Exception {
        String key = UUID.randomUUID().toString();
        String[] command = {"submit", "scripted-once", "by key", "--idempotency-key", key, "--tenant", "acme"};
        Shell first = run(command);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(run(command).out()).isEqualTo(first.out());
        assertThat(finished(UUID.fromString(first.out().strip())).getString("summary.tenant"))
                .isEqualTo("acme");

        Instant begun = Instant.now();
        Shell delayed = run("submit", "scripted-once", "later", "--delay", "1s", "--priority", "3", "--wait", "--json");
        assertThat(delayed.code()).as(delayed.err()).isZero();
        assertThat(Instant.now()).isAfterOrEqualTo(begun.plusSeconds(1));
        assertThat(run("submit", "scripted-once", "x", "--delay", "soon").code())
                .isEqualTo(2);
        assertThat(run("submit", "scripted-once", "x", "--delay", "1s", "--start-at", "2030-01-01T00:00:00Z")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aTaskIsSubmittedFollowedAndShown() throws Exception {
        Shell submitted = run("submit", "equations", "9x-15=21", "--metadata", "for=me");
        assertThat(submitted.code()).as(submitted.err()).isZero();
        UUID task = UUID.fromString(submitted.out().strip());

        Shell waited = run("status", task.toString(), "--wait");
        assertThat(waited.out()).isEqualToIgnoringNewLines("x=4");
        assertThat(waited.code()).isZero();
        finished(task);
        assertThat(run("status", task.toString()).out())
                .contains("finished")
                .contains("accepted")
                .contains("answer")
                .contains("x=4");
        JsonNode status =
                MAPPER.readTree(run("status", task.toString(), "--json").out());
        assertThat(status.at("/summary/stopReason").asText()).isEqualTo("accepted");

        assertThat(run("traces").out()).contains(task.toString());
        assertThat(run("traces", "show", task.toString()).out())
                .containsSubsequence("9x-15=21", "draft", "x=3", "fails", "correct", "x=4", "accepted");
        String steps = run("traces", "show", task.toString(), "--json").out();
        assertThat(List.of(Json.read(steps, TraceStep[].class))).isEqualTo(Services.trace(task));
    }

    @Test
    void anAnswerThatIsNotAcceptedIsPrintedAndEndsWithThree() throws Exception {
        models.script("scripted-reflect", prompt -> NEVER);
        Shell shell = Shell.typing("in vain\n", with("submit", "scripted", "-", "--wait"));
        assertThat(shell.code()).isEqualTo(3);
        assertThat(shell.out()).isEqualToIgnoringNewLines("answer");
        assertThat(shell.err()).startsWith("cermin: task ").contains("cermin: no progress: ");

        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("no tokens left");
        });
        Shell failed = run("submit", "scripted", "fails", "--wait");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("no tokens left");
    }

    @Test
    void manyTasksOfAFileAreSubmittedAndAwaited() throws Exception {
        models.script("scripted-reflect", prompt -> prompt.contains("bad") ? NEVER : "<output>accept 1</output>");
        Path lines = folder.resolve("tasks.jsonl");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            all.append(Json.text(Map.of("input", i == 7 ? "bad " + i : "good " + i)))
                    .append('\n');
        }
        Files.writeString(lines, all);
        Shell shell = run("submit", "scripted", "--lines", lines.toString(), "--wait", "--json");
        assertThat(shell.code()).as(shell.err()).isEqualTo(3);
        List<JsonNode> told = MAPPER.readerFor(JsonNode.class)
                .<JsonNode>readValues(shell.out())
                .readAll();
        assertThat(told).hasSize(50);
        assertThat(told)
                .filteredOn(each -> !each.get("accepted").asBoolean())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.get("input").asText()).isEqualTo("bad 7");
                    assertThat(each.get("answer").asText()).isEqualTo("answer");
                });
        assertThat(shell.err()).contains("50/50");
    }

    @Test
    void whatTheGatewayRefusesIsToldInItsWords() {
        Shell unknown = run("submit", "nobody", "x");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no agent 'nobody'");
        UUID none = UUID.randomUUID();
        assertThat(run("status", none.toString(), "--wait").err()).contains("There is no task " + none);
        assertThat(run("traces", "list", "--limit", "0").err()).contains("1 to 200");
    }

    @Test
    void anAgentIsAskedInThisProcess() {
        Shell shell = Shell.run("ask", "--show", "equations", "9x-15=21");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("x=4");
        assertThat(shell.err()).containsSubsequence("draft", "x=3", "fails", "correct", "x=4", "stop");
        Shell json = Shell.typing("9x-15=21", "ask", "equations", "-", "--json");
        assertThat(json.out()).contains("\"reason\":\"ACCEPTED\"");
        assertThat(Shell.run("ask", "equation", "x").err()).contains("did you mean 'equations'?");
    }

    @Test
    void aDeadLetterIsListedShownAndSentAgain() throws Exception {
        UUID id = UUID.randomUUID();
        String task = Json.text(Map.of(
                "id",
                id.toString(),
                "agent",
                "not-there-yet",
                "input",
                "x",
                "createdAt",
                Instant.now().toString()));
        try (KafkaProbe kafka = Services.kafka()) {
            kafka.send(new ProducerRecord<>(Topics.TASKS, id.toString(), task.getBytes(StandardCharsets.UTF_8)));
            within().until(() -> !kafka.read(Topics.DEAD_LETTERS, id.toString()).isEmpty());
            String letter = MAPPER
                    .readTree(kafka("dead-letters", "list", "--limit", "1000", "--json")
                            .out())
                    .findParents("task")
                    .stream()
                    .filter(each -> each.get("task").asText().equals(id.toString()))
                    .findFirst()
                    .orElseThrow()
                    .get("id")
                    .asText();
            assertThat(kafka("dead-letters").out()).contains(letter).contains("not-there-yet");
            assertThat(kafka("dead-letters", "show", letter).out())
                    .contains(task)
                    .contains(Topics.TASKS)
                    .contains("There is no agent 'not-there-yet'");

            Shell sent = kafka("dead-letters", "replay", letter);
            assertThat(sent.code()).as(sent.err()).isZero();
            assertThat(sent.out()).contains(letter + ": sent to " + Topics.TASKS);
            within().until(() -> kafka.read(Topics.DEAD_LETTERS, id.toString()).size() == 2);
            assertThat(kafka.read(Topics.TASKS, id.toString()))
                    .as("sent again as it was")
                    .allSatisfy(record -> {
                        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                                .isEqualTo(task);
                        // the distributed trace, which began where it was set aside, goes on
                        assertThat(record.headers())
                                .allSatisfy(header -> assertThat(header.key()).startsWith("trace"));
                    })
                    .hasSize(2);

            Shell refused = kafka("dead-letters", "replay", letter);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains(letter)
                    .contains("sent again already, at ")
                    .contains("--again");
            assertThat(kafka("dead-letters", "show", letter).out()).containsPattern("sent again +20");
            assertThat(kafka("dead-letters", "replay", letter, "--again").code())
                    .isZero();
            within().until(() -> kafka.read(Topics.DEAD_LETTERS, id.toString()).size() == 3);
        }
        assertThat(kafka("dead-letters", "replay", "0-99999999").err()).contains("There is no dead letter");
    }

    private Shell run(String... args) {
        return Shell.run(with(args));
    }

    private String[] with(String... args) {
        return plus(args, "--url", base.getScheme() + "://" + base.getAuthority());
    }

    private static Shell kafka(String... args) {
        return Shell.run(plus(args, "--bootstrap-servers", setting("kafka.bootstrap.servers")));
    }

    private static String[] plus(String[] args, String... more) {
        return java.util.stream.Stream.of(args, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
    }
}
