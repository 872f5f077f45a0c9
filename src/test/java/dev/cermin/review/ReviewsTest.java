package dev.cermin.review;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels, comments, assignments and queues, over REST and on a real Postgres. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ReviewsTest {
    @Inject
    ScriptedModels models;

    @Inject
    Queues queues;

    @Inject
    Reviews reviews;

    @AfterEach
    void reset() {
        models.reset();
    }

    @Test
    void whatPeopleSayIsChainedToTheTraceOnceHoweverOftenItIsSent() throws Exception {
        UUID id = done("default");
        List<TraceStep> before = trace(id);
        Map<String, String> body = Map.of("label", "wrong", "comment", "It should say why");
        for (int i = 0; i < 2; i++) {
            Response labelled = review(id, "label-1", body);
            assertThat(labelled.statusCode()).as(labelled.asString()).isEqualTo(201);
            assertThat(labelled.jsonPath().getInt("step")).isEqualTo(before.size());
        }
        assertThat(review(id, "label-1", Map.of("label", "right")).statusCode()).isEqualTo(422);
        assertThat(given().contentType("application/json")
                        .body("{\"assignee\": \"bob\"}")
                        .put("/api/traces/" + id + "/assignee")
                        .statusCode())
                .isEqualTo(200);

        List<TraceStep> after = trace(id);
        assertThat(after).startsWith(before.toArray(TraceStep[]::new)).hasSize(before.size() + 2);
        assertThat(after.subList(before.size(), after.size()))
                .extracting(TraceStep::kind)
                .containsOnly(StepKind.REVIEW);
        assertThat(Chain.verify(after)).matches(chain -> chain.intact() && chain.complete());
        assertThat(rows("select label, assignee, steps, stop_reason, accepted, head from task where id = '%s'"
                        .formatted(id)))
                .singleElement()
                .asString()
                .contains("wrong", "bob", "accepted", after.getLast().hash());
        assertThat(given().get("/api/traces/" + id + "/reviews").jsonPath().getList("act", String.class))
                .containsExactly("LABEL", "ASSIGN");
        assertThat(finished(id).getString("status")).isEqualTo("finished");
    }

    @Test
    void manyAtOnceAreChainedOneAfterAnother() throws Exception {
        UUID id = done("default");
        int before = trace(id).size();
        List<Callable<Reviewed>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Act act = new Act("reviewer-" + i % 4, "request-" + i / 2);
            String comment = "comment " + i / 2;
            all.add(() -> reviews.comment(id, null, comment, new Act("ann", act.request())));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Reviewed> each : threads.invokeAll(all)) {
                each.get();
            }
        }
        assertThat(trace(id)).hasSize(before + 8);
        assertThat(Chain.verify(trace(id)).intact()).isTrue();
    }

    @Test
    void whatIsWrongIsToldAsAProblem() {
        UUID id = done("default");
        assertThat(review(id, "a", Map.of("label", "maybe")).asString())
                .contains("one of [right, wrong, unclear] is expected");
        assertThat(review(id, "b", Map.of()).statusCode()).isEqualTo(400);
        assertThat(review(id, "c", Map.of("label", "right", "round", "7")).statusCode())
                .isEqualTo(400);
        assertThat(review(UUID.randomUUID(), "d", Map.of("label", "right")).statusCode())
                .isEqualTo(404);
        assertThat(given().post("/api/reviews/queues/nope/next").statusCode()).isEqualTo(404);
    }

    @Test
    void tasksComeIntoTheirQueuesAndTwoReviewersNeverGetTheSame() throws Exception {
        models.script("scripted-reflect", prompt -> "<reflection>no</reflection><output>revise 0.3</output>");
        List<UUID> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(submit(Map.of("agent", "scripted", "input", "unsure " + i, "tenant", "reviewed")));
        }
        tasks.forEach(dev.cermin.fixture.Services::finished);
        assertThat(queues.list("unsure", 50)).extracting(QueueEntry::task).containsAll(tasks);
        List<UUID> sampled = tasks.stream()
                .filter(task -> QueueRule.share("some", task) < 0.5)
                .toList();
        assertThat(queues.list("some", 50)).extracting(QueueEntry::task).containsExactlyInAnyOrderElementsOf(sampled);

        List<Callable<Optional<QueueEntry>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "reviewer " + i;
            String queue = i % 3 == 0 ? "some" : "unsure";
            takers.add(() -> queues.next(queue, name));
        }
        List<UUID> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Optional<QueueEntry>> each : threads.invokeAll(takers)) {
                each.get().map(QueueEntry::task).ifPresent(taken::add);
            }
        }
        assertThat(new HashSet<>(taken)).hasSameSizeAs(taken).hasSizeGreaterThanOrEqualTo(5);
        QueueEntry mine = queues.list("unsure", 50).stream()
                .filter(entry -> entry.reviewer() != null)
                .findFirst()
                .orElseThrow();
        assertThat(queues.next("unsure", String.valueOf(mine.reviewer())))
                .map(QueueEntry::task)
                .contains(mine.task());
        assertThat(review(mine.task(), "z", Map.of("label", "unclear")).statusCode())
                .isEqualTo(201);
        assertThat(queues.of(mine.task())).isEmpty();
    }

    private UUID done(String tenant) {
        UUID id = submit(Map.of("agent", "scripted", "input", "to be reviewed", "tenant", tenant));
        finished(id);
        return id;
    }

    private static Response review(UUID id, String request, Map<String, String> body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", request)
                .body(body)
                .post("/api/traces/" + id + "/reviews");
    }
}
