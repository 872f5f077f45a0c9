package dev.cermin.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that really listens and really dies. */
class SupervisedServerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private Path script;
    private Path weights;

    @BeforeEach
    void prepare() throws IOException {
        script = FakeLlamaServer.script(folder);
        weights = Files.createFile(folder.resolve("model.gguf"));
    }

    @Test
    void itIsStartedAnswersAndIsStopped() throws Exception {
        long pid;
        try (LlamaChatModel model = model(
                        Map.of(
                                "gpu-layers",
                                "all",
                                "slots",
                                "3",
                                "lora",
                                "a.gguf, b.gguf",
                                "mlock",
                                "true",
                                "kv-offload",
                                "false"),
                        "--load-ms",
                        "6000")
                .apiKey("secret-key")
                .build()) {
            assertThat(model.chat("hello")).isEqualTo("here I am");
            assertThat(model.slots()).isEqualTo(3);
            assertThat(model.url().getHost()).isEqualTo("127.0.0.1");
            pid = pid(model.url());
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        await().atMost(SOON).until(() -> gone(pid));
        assertThat(log())
                .contains("--model, " + weights)
                .contains("--gpu-layers, all", "--parallel, 3", "--lora, a.gguf, --lora, b.gguf", "--mlock, --parallel")
                .contains("--host, 127.0.0.1", "--offline")
                .doesNotContain("kv-offload")
                .contains("key: secret-key");
        assertThat(log().lines().filter(line -> line.startsWith("arguments")))
                .noneMatch(line -> line.contains("secret-key"));
        assertThat(told)
                .anyMatch(text -> text.matches(".*'mine' loads its model, \\d+ s so far"))
                .anyMatch(text -> text.contains("'mine' is ready at http://127.0.0.1:"));
    }

    @Test
    void aDeadOneIsStartedAgain() throws Exception {
        try (LlamaChatModel model = model(Map.of()).build()) {
            long first = pid(model.url());
            assertThatThrownBy(() -> model.chat("please die")).isInstanceOf(RuntimeException.class);

            await().atMost(SOON)
                    .until(() -> told.stream()
                                    .filter(text -> text.contains("is ready"))
                                    .count()
                            == 2);
            assertThat(model.chat("hello")).isEqualTo("here I am");
            assertThat(pid(model.url())).isNotEqualTo(first);
            assertThat(told).anyMatch(text -> text.contains("it ended with code 9; it is started again in 50 ms"));

            ProcessHandle.of(pid(model.url())).orElseThrow().destroyForcibly();
            await().atMost(SOON)
                    .until(() -> told.stream()
                                    .filter(text -> text.contains("is ready"))
                                    .count()
                            == 3);
            assertThat(model.chat("hello")).as("waits for the start").isEqualTo("here I am");
        }
    }

    @Test
    void oneThatKeepsDyingIsStartedEverMoreSlowly() throws Exception {
        try (LlamaChatModel model = model(
                        Map.of(), "--once", folder.resolve("mark").toString())
                .timeout(Duration.ofSeconds(1))
                .backoff(Duration.ofMillis(50), Duration.ofMillis(400))
                .build()) {
            assertThatThrownBy(() -> model.chat("please die")).isInstanceOf(RuntimeException.class);

            await().atMost(SOON).until(() -> waits().size() >= 5);
            assertThat(waits().subList(0, 5)).containsExactly(50L, 100L, 200L, 400L, 400L);
            assertThatThrownBy(() -> model.chat("hello"))
                    .isInstanceOf(LlamaServerException.class)
                    .hasMessageContainingAll(
                            "'mine' is not running", "code 4", "it ran once already", "llama-server-mine.log");
        }
    }

    @Test
    void oneThatDoesNotStartSaysWhyWithTheEndOfItsLog() {
        assertThatThrownBy(() -> model(Map.of(), "--broken").build())
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContainingAll(
                        "ended with code 3",
                        "error: failed to load model",
                        folder.resolve("logs").toString());
        assertThatThrownBy(() -> model(Map.of(), "--load-ms", "60000")
                        .startTimeout(Duration.ofSeconds(2))
                        .build())
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContainingAll("was not ready after 2 s", "listening");
        assertThat(ProcessHandle.current().descendants().filter(this::ours)).isEmpty();
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> LlamaChatModel.builder()
                        .command(new LlamaCommand(nowhere, weights, Map.of(), List.of()))
                        .build())
                .hasMessageContainingAll("no program", nowhere.toString());
        assertThatThrownBy(() -> LlamaChatModel.builder()
                        .command(new LlamaCommand(script, nowhere, Map.of(), List.of()))
                        .build())
                .hasMessageContainingAll("no file", nowhere.toString(), "GGUF");
        assertThatThrownBy(() -> new LlamaCommand(script, weights, Map.of("port", "1"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'port'");
        assertThatThrownBy(() -> new LlamaCommand(script, weights, Map.of("--gpu-layers", "1"), List.of()))
                .hasMessageContaining("without dashes");
        assertThatThrownBy(() -> LlamaChatModel.builder().build()).hasMessageContaining("url(…)");
    }

    @Test
    void itEndsWithUsEvenWhenWeAreKilled() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerMain.class.getName(),
                        script.toString(),
                        weights.toString(),
                        folder.toString())
                .redirectError(folder.resolve("owner.log").toFile())
                .start();
        try (BufferedReader said = owner.inputReader()) {
            long pid = pid(URI.create(said.readLine()));
            owner.destroyForcibly().waitFor();

            await().atMost(SOON).until(() -> gone(pid));
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void oneThatDoesNotListenIsKilled() throws Exception {
        LlamaChatModel model = model(Map.of(), "--stubborn").build();
        long pid = pid(model.url());
        model.close();
        model.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> gone(pid));
        assertThatThrownBy(() -> model.chat("hello"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private LlamaChatModel.Builder model(Map<String, String> options, String... extra) {
        return LlamaChatModel.builder()
                .name("mine")
                .command(new LlamaCommand(script, weights, options, List.of(extra)))
                .logs(folder.resolve("logs"))
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .backoff(Duration.ofMillis(50), Duration.ofSeconds(1))
                .progress(told::add);
    }

    private List<Long> waits() {
        List<Long> waits = new ArrayList<>();
        Pattern again = Pattern.compile("(?s).*started again in (\\d+) ms");
        for (String text : told) {
            Matcher matcher = again.matcher(text);
            if (matcher.matches()) {
                waits.add(Long.parseLong(matcher.group(1)));
            }
        }
        return waits;
    }

    private static long pid(URI url) {
        return new LlamaClient(url, null).get("/pid").path("pid").asLong();
    }

    private static boolean gone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private boolean ours(ProcessHandle process) {
        return process.isAlive() && process.info().commandLine().orElse("").contains(folder.toString());
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("logs/llama-server-mine.log"));
    }
}
