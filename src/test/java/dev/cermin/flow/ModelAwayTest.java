package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.outcome;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models that are away for a while, and those that never come back. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ModelAwayTest {
    private static final AtomicBoolean AWAY = new AtomicBoolean();

    @Inject
    ScriptedModels models;

    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void reset() {
        models.reset();
        AWAY.set(true);
    }

    private String away(String answer) {
        calls.incrementAndGet();
        if (AWAY.get()) {
            throw new InternalServerException("502 Bad Gateway");
        }
        return answer;
    }

    @Test
    void aStepGoesOnWhenItsModelIsBackAndItsTraceSaysHowOftenItWasBegun() {
        models.script("scripted-generate", prompt -> {
            if (calls.incrementAndGet() < 4) {
                throw new RateLimitException("429 Too Many Requests");
            }
            return "late";
        });
        UUID id = submit("scripted", "patience");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(outcome(id).getString("best.draft.output")).isEqualTo("late");
        List<TraceStep> trace = trace(id);
        assertThat(trace).hasSize(4);
        assertThat(trace).extracting(TraceStep::attempt).containsExactly(1, 4, 1, 1);
        assertThat(Chain.verify(trace).complete()).isTrue();
    }

    @Test
    void aCriticIsWaitedForToo() {
        models.script("scripted-reflect", prompt -> {
            if (calls.incrementAndGet() == 1) {
                throw new InternalServerException("503");
            }
            return "<reflection></reflection><output>accept 1.0</output>";
        });
        UUID id = submit("scripted", "patience");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
        assertThat(trace(id)).extracting(TraceStep::attempt).containsExactly(1, 1, 2, 1);
    }

    @Test
    void aModelThatIsAwayIsTriedByOneStepAtATimeAndOthersOfItsLaneGoOn() {
        models.script("scripted-generate", prompt -> away("back"));
        List<UUID> waiting = IntStream.range(0, 60)
                .mapToObj(i -> submit("scripted", "waits " + i))
                .toList();
        within().until(() -> metric("cermin_lane_paused{lane=\"generate\"}") == 1);
        int before = calls.get();
        long begun = System.nanoTime();
        List<UUID> others = IntStream.range(0, 60)
                .mapToObj(i -> submit("scripted-once", "other " + i))
                .toList();
        others.forEach(Services::finished);
        long seconds = 1 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertThat(calls.get() - before).as("calls in %d s", seconds).isLessThan((int) (16 + 5 * seconds));
        waiting.forEach(id ->
                assertThat(Services.status(id).getString("summary.stopReason")).isNull());

        AWAY.set(false);
        for (UUID id : waiting) {
            assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
            assertThat(trace(id)).hasSize(4);
        }
        within().until(() -> metric("cermin_lane_paused{lane=\"generate\"}") == 0);
        try (KafkaProbe kafka = Services.kafka()) {
            List<String> results =
                    kafka.read(Topics.RESULTS).stream().map(each -> each.key()).toList();
            waiting.forEach(id -> assertThat(results).containsOnlyOnce(id.toString()));
        }
    }

    @Test
    void aTaskIsCancelledWhileItWaits() {
        models.script("scripted-generate", prompt -> away("never"));
        UUID id = submit("scripted", "cancel me");
        within().until(() -> calls.get() > 0);
        assertThat(given().post("/api/tasks/" + id + "/cancel").statusCode()).isEqualTo(202);
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("cancelled");
        assertThat(trace(id)).hasSize(2);
    }

    @Test
    void aTaskEndsAtItsDeadlineWhileItWaits() {
        models.script("scripted-generate", prompt -> away("never"));
        // steps have milliseconds
        Instant deadline = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
        UUID id = submit(Map.of("agent", "scripted", "input", "late", "deadline", deadline.toString()));
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("deadline");
        assertThat(trace(id).getLast().startedAt()).isBetween(deadline, deadline.plusSeconds(20));
    }

    @Test
    void aModelThatIsAwayForTooLongEndsTheLoop() {
        models.script("scripted-lane", prompt -> away("never"));
        UUID id = submit("scripted-lane", "too long");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("failed");
        assertThat(outcome(id).getString("stop.detail")).contains("502 Bad Gateway");
        List<TraceStep> trace = trace(id);
        assertThat(trace).hasSize(3);
        assertThat(trace.get(1).attempt()).isGreaterThan(2);
    }

    @Test
    void whatIsWrongWithARequestEndsTheLoopAtOnce() {
        models.script("scripted-generate", prompt -> {
            calls.incrementAndGet();
            throw new InvalidRequestException("400 Bad Request");
        });
        UUID id = submit("scripted", "wrong");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("failed");
        assertThat(calls).hasValue(1);
        assertThat(trace(id).get(1).attempt()).isEqualTo(1);
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
