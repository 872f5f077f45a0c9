package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.gateway.Idempotency.Known;
import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tasks the gateway takes, when, and how often. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class AdmittedTasksTest {
    @Inject
    ScriptedModels models;

    @Inject
    TraceStore store;

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void theSameKeyIsTheSameTaskAndAnotherTaskIsRefused() {
        String key = UUID.randomUUID().toString();
        Response first = post("once", Map.of(), key);
        Response again = post("once", Map.of(), "\"" + key + "\"");
        assertThat(List.of(first.statusCode(), again.statusCode())).containsOnly(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        UUID id = UUID.fromString(first.path("id"));
        assertThat(id.version()).isEqualTo(8);
        finished(id);
        assertThat(post("once", Map.of(), key).header("Location")).isEqualTo(first.header("Location"));
        assertThat(models.asked("once")).isEqualTo(1);

        Response other = post("twice", Map.of(), key);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.contentType()).startsWith("application/problem+json");
        assertThat(other.<String>path("detail")).contains(key);
        assertThat(post("twice", Map.of("tenant", "somebody"), key).<String>path("id"))
                .as("another tenant's key is another key")
                .isNotEqualTo(id.toString());
    }

    @Test
    void aGatewayThatNeverSawTheTaskKnowsItFromTheStore() {
        String key = UUID.randomUUID().toString();
        UUID id = UUID.fromString(
                post("stored", Map.of("metadata", Map.of("a", "b")), key).path("id"));
        finished(id);
        Task before = Replay.state(trace(id)).task();
        Idempotency fresh = new Idempotency(store);
        assertThat(fresh.begin(before, null)).isEqualTo(Known.SAME);
        assertThat(fresh.begin(new Task(id, "scripted-once", "other", Instant.now()), null))
                .isEqualTo(Known.OTHER);
        Task unknown = new Task(UUID.randomUUID(), "scripted-once", "new", Instant.now());
        assertThat(fresh.begin(unknown, null)).isEqualTo(Known.NEW);
        assertThat(fresh.begin(unknown, null))
                .as("until it is known what came of it")
                .isEqualTo(Known.PENDING);
        fresh.end(unknown, null, false);
        assertThat(fresh.begin(unknown, null)).isEqualTo(Known.NEW);
        fresh.end(unknown, null, true);
        assertThat(fresh.begin(unknown, null)).isEqualTo(Known.SAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "a\u00e9", "\"   \""})
    void whatIsNoKeyIsRefused(String key) {
        Response refused = post("no key", Map.of(), key);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("field")).isEqualTo("Idempotency-Key");
        assertThat(post("no key", Map.of(), "k".repeat(256)).statusCode()).isEqualTo(400);
    }

    @Test
    void aChatThatIsAskedAgainWithItsKeyIsTheSameTask() {
        String key = UUID.randomUUID().toString();
        String body = """
                {"model": "scripted-once", "messages": [{"role": "user", "content": "chat once"}]}""";
        Response first = chat(body, key);
        Response again = chat(body, key);
        assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
        assertThat(again.<String>path("cermin.task")).isEqualTo(first.path("cermin.task"));
        assertThat(again.<String>path("choices[0].message.content")).isEqualTo("answer");
        assertThat(models.asked("chat once")).isEqualTo(1);
        assertThat(chat(body.replace("chat once", "chat twice"), key).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aTenantThatAsksTooOftenIsToldWhenToComeBack() {
        int accepted = 0;
        Response refused = null;
        for (int i = 0; i < 10 && refused == null; i++) {
            Response response = post("hasty", Map.of("tenant", "hasty"), null);
            if (response.statusCode() == 202) {
                accepted++;
            } else {
                refused = response;
            }
        }
        assertThat(accepted).as("a tenth of a minute's at once").isBetween(3, 4);
        assertThat(refused).isNotNull();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        assertThat(refused.<String>path("limit")).isEqualTo("cermin.tenants.hasty.requests-per-minute");
        assertThat(refused.<String>path("detail")).contains("30");
        assertThat(post("not hasty", Map.of(), null).statusCode()).isEqualTo(202);
    }

    @Test
    void aTenantMayHaveSoManyUnfinishedTasksAndEachEndMakesRoom() {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-once", prompt -> {
            await(release);
            return "done";
        });
        List<UUID> two = List.of(submitted("modest 1"), submitted("modest 2"));
        Response refused = post("modest 3", Map.of("tenant", "modest"), null);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(refused.<String>path("limit")).isEqualTo("cermin.tenants.modest.max-waiting");
        assertThat(refused.<String>path("detail")).contains("2");
        release.countDown();
        two.forEach(Services::finished);
        within().until(() -> post("modest 4", Map.of("tenant", "modest"), null).statusCode() == 202);
    }

    @Test
    void aTaskThatIsToBeginLaterDoesAndLosesNoTimeByIt() {
        Instant start = Instant.now().plusSeconds(2);
        Response response = post("later", Map.of("startAt", start.toString()), null);
        assertThat(response.statusCode()).isEqualTo(202);
        UUID id = UUID.fromString(response.path("id"));
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(trace(id).getFirst().startedAt()).isAfterOrEqualTo(start.minusMillis(1));
        var state = Replay.state(trace(id));
        assertThat(Duration.between(start, state.deadline()))
                .isCloseTo(state.plan().policy().timeout(), Duration.ofMillis(5));
    }

    @Test
    void aDelayedTaskThatIsCancelledEndsNow() {
        UUID id = UUID.fromString(
                post("never", Map.of("startAt", "2090-01-01T00:00:00Z"), null).path("id"));
        try (KafkaProbe kafka = Services.kafka()) {
            within().until(() ->
                    !kafka.read(Topics.TASKS_DELAYED, id.toString()).isEmpty());
        }
        assertThat(given().post("/api/tasks/" + id + "/cancel").statusCode()).isEqualTo(202);
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("cancelled");
        assertThat(models.asked("never")).isZero();
    }

    private static UUID submitted(String input) {
        Response response = post(input, Map.of("tenant", "modest"), null);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        return UUID.fromString(response.path("id"));
    }

    private static Response post(String input, Map<String, ?> more, @Nullable String key) {
        Map<String, Object> task = new LinkedHashMap<>(more);
        task.put("agent", "scripted-once");
        task.put("input", input);
        var request = given().contentType("application/json").body(Json.text(task));
        return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/tasks");
    }

    private static Response chat(String body, String key) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/chat/completions");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
