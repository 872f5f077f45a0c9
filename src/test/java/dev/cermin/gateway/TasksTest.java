package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.outcome;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.status;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import dev.cermin.loop.LoopState;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks over REST, from their submission to their trace; the bundled model answers where no script does. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class TasksTest {
    @Inject
    ScriptedModels models;

    @Inject
    TraceStore store;

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void anEquationIsSolvedAndItsTraceVerifies() {
        Response response = given().contentType("application/json")
                .body("{\"agent\":\"equations\",\"input\":\"2x^2+5x-3=0\",\"metadata\":{\"for\":\"me\"}}")
                .post("/api/tasks");
        assertThat(response.statusCode()).isEqualTo(202);
        UUID id = UUID.fromString(response.path("id"));
        assertThat(response.header("Location")).endsWith("/api/tasks/" + id);
        assertThat(response.<String>path("status")).isEqualTo("accepted");
        assertThat(response.<String>path("links.events")).isEqualTo("/api/tasks/" + id + "/events");
        assertThat(status(id).getString("status")).isIn("accepted", "running", "finished");

        JsonPath status = finished(id);
        assertThat(status.getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(status.getBoolean("summary.accepted")).isTrue();
        JsonPath outcome = outcome(id);
        assertThat(outcome.getString("stop.reason")).isEqualTo("ACCEPTED");
        assertThat(outcome.getString("best.draft.output")).isEqualTo("x=-3,1/2");

        List<TraceStep> trace = trace(id);
        Verification chain = Chain.verify(trace);
        assertThat(chain.intact()).as(chain.problem()).isTrue();
        assertThat(chain.complete()).isTrue();
        assertThat(trace).isEqualTo(store.steps(id, 0));
        assertThat(chain.head()).isEqualTo(status.getString("summary.head"));
        assertThat(status.getInt("summary.steps")).isEqualTo(trace.size());
        LoopState replayed = Replay.state(trace);
        assertThat(replayed.task().metadata()).isEqualTo(Map.of("for", "me"));
        assertThat(status.getInt("summary.calls"))
                .isEqualTo(replayed.outcome().usage().calls());
        assertThat(status.getLong("summary.tokensOut"))
                .isEqualTo(replayed.outcome().usage().tokensOut());
        assertThat(store.agent(replayed.plan().pin()))
                .hasValueSatisfying(content -> assertThat(content).contains("\"name\":\"equations\""));
    }

    @Test
    void costsAndTokensAreSummedAndTheLatestTasksComeFirst() throws Exception {
        models.script(
                "scripted-reflect",
                prompt -> prompt.contains("better")
                        ? "<output>accept</output>"
                        : "<reflection>too short</reflection><output>revise 0.5</output>");
        models.script("scripted-correct", prompt -> "better");
        UUID first = submit("scripted", "short");
        UUID second = submit("scripted-once", "later");
        JsonPath summary = finished(first);
        finished(second);

        List<TraceStep> trace = trace(first);
        assertThat(trace)
                .extracting(TraceStep::kind)
                .containsExactly(
                        StepKind.SUBMIT,
                        StepKind.GENERATE,
                        StepKind.REFLECT,
                        StepKind.CORRECT,
                        StepKind.REFLECT,
                        StepKind.FINISH);
        long in = trace.stream()
                .filter(step -> step.model() != null)
                .mapToLong(TraceStep::tokensIn)
                .sum();
        long out = trace.stream()
                .filter(step -> step.model() != null)
                .mapToLong(TraceStep::tokensOut)
                .sum();
        assertThat(rows("select rounds, calls, tokens_in, tokens_out from task where id = '" + first + "'"))
                .containsExactly("1 | 4 | %d | %d".formatted(in, out));
        assertThat(summary.getDouble("summary.cost"))
                .isEqualTo(ScriptedModels.PRICE.of(in, out).doubleValue());
        List<String> latest = given().get("/api/tasks?limit=200").jsonPath().getList("id");
        assertThat(latest).containsSubsequence(second.toString(), first.toString());
        assertThat(given().get("/api/tasks?limit=3").jsonPath().getList("id")).isEqualTo(latest.subList(0, 3));
    }

    @Test
    void aCancelledTaskEndsBeforeItsNextCallWithTheBestDraftSoFar() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-generate", prompt -> {
            called.countDown();
            waitFor(release);
            return "a draft";
        });
        UUID id = submit("scripted", "to be cancelled");
        waitFor(called);
        assertThat(given().get("/api/tasks/" + id + "/outcome").statusCode()).isEqualTo(409);
        assertThat(given().post("/api/tasks/" + id + "/cancel").statusCode()).isEqualTo(202);
        // the worker may hear of it a moment later than the gateway has said it
        UUID other = submit("scripted-once", "to pass the time");
        finished(other);
        within().until(() -> cancelIsKnown(id));
        release.countDown();

        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("cancelled");
        JsonPath outcome = outcome(id);
        assertThat(outcome.getString("stop.detail")).isEqualTo("Cancelled by the API");
        assertThat(outcome.getString("best.draft.output")).isEqualTo("a draft");
        assertThat(models.asked("REFLECT to be cancelled | a draft")).isZero();
        assertThat(given().post("/api/tasks/" + id + "/cancel").statusCode()).isEqualTo(409);
    }

    @Test
    void aTaskPastItsDeadlineEndsWithoutACall() {
        UUID id = submit(Map.of("agent", "scripted-once", "input", "too late", "deadline", "2001-01-01T00:00:00Z"));
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("deadline");
        assertThat(outcome(id).getString("stop.reason")).isEqualTo("DEADLINE");
        assertThat(outcome(id).<Object>get("best")).isNull();
        assertThat(models.asked("too late")).isZero();
        assertThat(Instant.parse(status(id).getString("summary.deadline")))
                .isEqualTo(Instant.parse("2001-01-01T00:00:00Z"));
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
    }

    @Test
    void aMebibyteOfInputIsTakenAndAnsweredAndNotAByteMore() {
        String input = "x".repeat((1 << 20) - 2) + "é";
        UUID id = submit("scripted", input);
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(Chain.verify(trace(id)).intact()).isTrue();

        Response refused = given().contentType("application/json")
                .body("{\"agent\":\"scripted\",\"input\":\"" + input + "y\"}")
                .post("/api/tasks");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.<String>path("detail")).contains("1048577").contains("1048576");
    }

    @Test
    void whatAModelWritesIsKeptAsItIsWhateverItIs() {
        String wild = "\"quotes\" \\ <b> & \t\n \uD83D\uDE80 \u2028 \u0001 \u007f ﷽ e\u0301";
        models.script("scripted-once", prompt -> wild);
        UUID id = submit("scripted-once", "be wild: " + wild);
        finished(id);
        assertThat(outcome(id).getString("best.draft.output")).isEqualTo(wild);
        assertThat(trace(id)).isEqualTo(store.steps(id, 0));
        assertThat(Chain.verify(trace(id)).intact()).isTrue();
    }

    @Test
    void whatPostgresCannotHoldNeitherStopsTheRecorderNorBreaksTheChain() {
        models.script("scripted-once", prompt -> "nul \0 and half a \uD83D pair");
        UUID id = submit("scripted-once", "be wilder");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(trace(id).get(1).texts().output()).isEqualTo("nul \uFFFD and half a ? pair");
        assertThat(Chain.verify(trace(id)).intact()).isTrue();
    }

    @Test
    void anErasedTextLeavesTheChainIntactAndThePageReadable() throws Exception {
        UUID id = submit("scripted-once", "to be forgotten");
        finished(id);
        try (Connection connection = dev.cermin.fixture.Services.postgres();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update step set output = null, prompt = null where task_id = '" + id + "'");
        }
        Verification chain = Chain.verify(trace(id));
        assertThat(chain.intact()).isTrue();
        assertThat(chain.erased()).isEqualTo(4);
        Response page = given().get("/traces/" + id);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString())
                .contains("4 texts are gone without a record")
                .doesNotContain("to be forgotten");
        Response outcome = given().get("/api/tasks/" + id + "/outcome");
        assertThat(outcome.statusCode()).isEqualTo(410);
        assertThat(outcome.<String>path("detail")).contains("erased");
    }

    @Test
    void theAgentsAreListed() {
        JsonPath agents = given().get("/api/agents").jsonPath();
        assertThat(agents.getList("name", String.class))
                .contains("equations", "scripted")
                .isSorted();
        assertThat(agents.getString("find { it.name == 'equations' }.hash")).hasSize(64);
        assertThat(agents.getList("find { it.name == 'scripted' }.models", String.class))
                .containsExactlyInAnyOrder("scripted-generate", "scripted-reflect", "scripted-correct");
    }

    @Test
    void theOpenApiDocumentHasThePaths() {
        JsonPath document = given().get("/q/openapi?format=json").jsonPath();
        Map<String, Object> paths = document.getMap("paths");
        assertThat(paths)
                .containsKeys(
                        "/api/agents",
                        "/api/tasks",
                        "/api/tasks/{id}",
                        "/api/tasks/{id}/outcome",
                        "/api/tasks/{id}/trace",
                        "/api/tasks/{id}/cancel",
                        "/api/tasks/{id}/events",
                        "/api/traces");
        assertThat(document.getMap("paths.'/api/tasks'.post.responses")).containsKeys("202", "400", "413", "503");
    }

    @Test
    void theOpenApiDocumentHasTheFiltersOfTraces() {
        JsonPath document = given().get("/q/openapi?format=json").jsonPath();
        for (String path : List.of("/api/traces", "/api/traces/statistics", "/api/traces/export")) {
            assertThat(document.getList("paths.'" + path + "'.get.parameters.name"))
                    .as(path)
                    .contains("agent", "minScore", "text", "unfinished");
        }
        assertThat(document.getList("paths.'/api/traces'.get.parameters.name")).contains("limit", "after");
    }

    @Test
    void theServicesSayThatTheyAreWell() {
        assertThat(given().get("/q/health").statusCode()).isEqualTo(200);
    }

    private boolean cancelIsKnown(UUID id) {
        try (var kafka = dev.cermin.fixture.Services.kafka()) {
            return !kafka.read("cermin.control", id.toString()).isEmpty();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
