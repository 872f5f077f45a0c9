package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.trace.StepKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that can't succeed say what is wrong, where, and what to do. */
class BadStartIT {
    @TempDir
    Path home;

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                Cermin demo = Cermin.start(home, "demo", "--port", String.valueOf(taken.getLocalPort()))) {
            assertThat(demo.ends()).isEqualTo(1);
            assertThat(demo.output()).contains("Port " + taken.getLocalPort() + " is in use. Give another with --port");
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "not a folder");
        try (Cermin demo = Cermin.start(file.resolve("home"), "demo", "--once")) {
            assertThat(demo.ends()).isEqualTo(1);
            assertThat(demo.output()).contains("Cermin cannot write to its home " + file.resolve("home"));
        }
    }

    @Test
    void anUnknownCommandIsAnsweredAtOnceWithTheKnownOnes() throws Exception {
        try (Cermin wrong = Cermin.start(home, "dmeo")) {
            assertThat(wrong.ends()).isEqualTo(2);
            assertThat(wrong.output()).contains("dmeo").contains("demo");
        }
    }

    @Test
    void aBrokenAgentFileIsNamedWithItsLineAndKey() throws Exception {
        Path agents = Files.createDirectories(home.resolve("own/agents"));
        Files.writeString(agents.resolve("mine.yaml"), """
                name: mine
                version: 1
                models:
                  generate: mirror
                prompts:
                  generate: mirror/generate@9
                polcy:
                  rounds: 3
                """);
        try (Cermin serve =
                Cermin.start(home, Map.of("CERMIN_FOLDER", home.resolve("own").toString()), "serve", "--port", "0")) {
            assertThat(serve.ends()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("mine.yaml:6: prompts.generate: there is no prompt 'mirror/generate@9'")
                    .contains("mine.yaml:7: polcy: is not a key here");
        }
    }

    @Test
    void aTruncatedModelEndsItsTasksWithTheReasonAndNothingElse() throws Exception {
        Path model = Files.createDirectories(home.resolve("model"));
        Path bundled = Path.of("src/main/resources/dev/cermin/model/mirror");
        for (String name : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(bundled.resolve(name), model.resolve(name));
        }
        byte[] weights = Files.readAllBytes(bundled.resolve("model.safetensors"));
        Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        Map<String, String> settings =
                Map.of("CERMIN_MODELS_MIRROR_PROVIDER", "jlama", "CERMIN_MODELS_MIRROR_PATH", model.toString());
        try (Cermin serve = Cermin.start(home, settings, "serve", "--port", "0")) {
            serve.says("Cermin serves at");
            String task = serve.submit("equations", "3x+4=19");
            Awaitility.await()
                    .atMost(Cermin.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    serve.get("/api/tasks/" + task + "/outcome").body())
                            .contains("FAILED")
                            .contains("model.safetensors"));
            assertThat(serve.trace(task).getLast().kind()).isEqualTo(StepKind.FINISH);
        }
    }
}
