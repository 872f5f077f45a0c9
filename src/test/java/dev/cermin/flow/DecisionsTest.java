package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.status;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import dev.cermin.review.Queues;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loops that wait for a person, over a real Kafka. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class DecisionsTest {
    private static final String REVISE = "<reflection>no</reflection><output>revise 0.3</output>";

    @Inject
    ScriptedModels models;

    @Inject
    Queues queues;

    @BeforeEach
    void refuse() {
        models.script("scripted-reflect", prompt -> REVISE);
    }

    @AfterEach
    void reset() {
        models.reset();
    }

    @Test
    void aLoopWaitsForAPersonAndTheFirstDecisionIsDoneOnce() throws Exception {
        UUID id = waiting("scripted-reviewed");
        assertThat(queues.list(Queues.DECISIONS, 200))
                .anyMatch(entry -> entry.task().equals(id));
        assertThat(given().contentType("application/json")
                        .body("{\"label\": \"right\"}")
                        .post("/api/traces/" + id + "/reviews")
                        .statusCode())
                .isEqualTo(409);

        List<Callable<Integer>> deciders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String key = "decider-" + i;
            String choice = i % 2 == 0 ? "accept" : "reject";
            deciders.add(() -> decide(id, key, choice, "").statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> each : threads.invokeAll(deciders)) {
                answers.add(each.get());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409);
        finished(id);
        List<TraceStep> trace = trace(id);
        assertThat(trace).extracting(TraceStep::kind).endsWith(StepKind.REVIEW, StepKind.FINISH);
        assertThat(trace.stream().filter(step -> step.kind() == StepKind.REVIEW))
                .hasSize(1);
        assertThat(Chain.verify(trace)).matches(chain -> chain.intact() && chain.complete());
        assertThat(Replay.state(trace).outcome().stop().reason().name()).isIn("ACCEPTED", "REJECTED");
        Response late = decide(id, "late", "accept", "");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.asString()).contains("was decided by");
        within().until(() -> queues.of(id).isEmpty());
    }

    @Test
    void aCommentIsCorrectedByAndThePersonIsAskedAgain() throws Exception {
        UUID id = waiting("scripted-reviewed");
        models.script("scripted-correct", prompt -> "better");
        assertThat(decide(id, "first", "revise", "").statusCode()).isEqualTo(400);
        Response revised = decide(id, "first", "revise", "Make it better");
        assertThat(revised.statusCode()).as(revised.asString()).isEqualTo(200);
        within().until(() -> {
            List<TraceStep> steps = trace(id);
            return steps.getLast().kind() != StepKind.REVIEW
                    && steps.stream()
                            .anyMatch(step -> "better".equals(step.texts().output()))
                    && "waiting_for_review".equals(status(id).getString("status"))
                    && queues.of(id).stream()
                            .anyMatch(entry -> Integer.valueOf(steps.size()).equals(entry.step()));
        });
        assertThat(decide(id, "second", "accept", "").statusCode()).isEqualTo(200);
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(trace(id).stream()
                        .filter(step -> step.kind() == StepKind.CORRECT)
                        .reduce((a, b) -> b))
                .hasValueSatisfying(step -> assertThat(step.texts().prompt()).contains("Make it better"));
        assertThat(Chain.verify(trace(id)).intact()).isTrue();
    }

    @Test
    void whereNobodyDecidesTheDefaultIsAppliedAndRecordedAsSuch() {
        UUID id = submit("scripted-hasty-review", "nobody looks");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("rejected");
        assertThat(given().get("/api/traces/" + id + "/reviews").jsonPath().getList("byDefault", Boolean.class))
                .containsExactly(true);
        assertThat(decide(id, "late", "accept", "").asString()).contains("as nobody had in time");
    }

    @Test
    void aLoopThatWaitsCanBeCancelled() {
        UUID id = waiting("scripted-reviewed");
        assertThat(given().post("/api/tasks/" + id + "/cancel").statusCode()).isEqualTo(202);
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("cancelled");
        assertThat(decide(id, "late", "accept", "").statusCode()).isEqualTo(409);
    }

    private static UUID waiting(String agent) {
        UUID id = submit(Map.of("agent", agent, "input", "to be decided " + UUID.randomUUID()));
        within().until(() -> "waiting_for_review".equals(status(id).getString("status")));
        return id;
    }

    private static Response decide(UUID id, String key, String choice, String comment) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(Map.of("decision", choice, "comment", comment))
                .post("/api/traces/" + id + "/decision");
    }
}
