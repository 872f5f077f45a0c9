package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that waits for a person goes on where all services were killed meanwhile. */
class ReviewIT {
    @TempDir
    Path home;

    @Test
    void aLoopThatWaitsOutlivesTheKillOfEverything() throws Exception {
        Path agents = Files.createDirectories(home.resolve("own/agents"));
        Files.createDirectories(home.resolve("own/prompts"));
        Files.writeString(agents.resolve("asked.yaml"), """
                name: asked
                version: 1
                models: {generate: mirror}
                instructions: Answer.
                policy:
                  review: {when: always, wait: 2h}
                """);
        Map<String, String> settings =
                Map.of("CERMIN_FOLDER", home.resolve("own").toString());
        String task;
        try (Cermin serve = Cermin.start(home, settings, "serve", "--port", "0")) {
            serve.says("Cermin serves at");
            task = serve.submit("asked", "9x-15=21");
            awaitWaiting(serve, task);
            serve.kill();
        }
        try (Cermin serve = Cermin.start(home, settings, "serve", "--port", "0")) {
            serve.says("Cermin serves at");
            awaitWaiting(serve, task);
            assertThat(decide(serve, task, "accept").statusCode()).isEqualTo(200);
            HttpResponse<String> late = decide(serve, task, "reject");
            assertThat(late.statusCode()).isEqualTo(409);
            assertThat(late.body()).contains("accept");
            Awaitility.await()
                    .atMost(Cermin.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(serve.trace(task).getLast().kind()).isEqualTo(StepKind.FINISH));
            List<TraceStep> trace = serve.trace(task);
            assertThat(trace)
                    .extracting(TraceStep::kind)
                    .containsExactly(StepKind.SUBMIT, StepKind.GENERATE, StepKind.REVIEW, StepKind.FINISH);
            assertThat(Chain.verify(trace)).matches(chain -> chain.intact() && chain.complete());
        }
    }

    private static void awaitWaiting(Cermin serve, String task) {
        Awaitility.await()
                .atMost(Cermin.PATIENCE)
                .untilAsserted(
                        () -> assertThat(serve.get("/api/tasks/" + task).body()).contains("\"waiting_for_review\""));
    }

    private static HttpResponse<String> decide(Cermin serve, String task, String choice) {
        return serve.post("/api/traces/" + task + "/decision", Map.of("decision", choice));
    }
}
