package dev.cermin.testing;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class CerminExtensionTest {
    @TempDir
    static Path folder;

    static final AtomicInteger CALLS = new AtomicInteger();
    static final AtomicInteger CLOSED = new AtomicInteger();

    /** A real model, as far as the extension can see. */
    static final class Real implements ChatModel, AutoCloseable {
        private final String says;

        Real(String says) {
            this.says = says;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            CALLS.incrementAndGet();
            return ScriptedChatModel.saying(says).doChat(request);
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    static class Solver {
        @RegisterExtension
        static final CerminExtension CERMIN = CerminExtension.replaying(folder.resolve("recordings"))
                .model(() -> new Real("x=4"))
                .model("judge", () -> new Real("fine"));

        @BeforeEach
        void warm(ChatModel model) {
            assertThat(model.chat("Are you there?")).isEqualTo("x=4");
        }

        @Test
        void solves(ChatModel model, @ModelName("judge") ChatModel judge) {
            Agent agent =
                    Agent.builder("solver").model(model).verifiers("equation").build();
            assertThat(agent.run("9x-15=21")).isAccepted();
            assertThat(judge.chat("Well?")).isEqualTo("fine");
        }

        @RepeatedTest(2)
        void again(ChatModel model) {
            assertThat(model.chat("9x-15=21")).isEqualTo("x=4");
        }

        @Nested
        class Deeper {
            @Test
            void fails(ChatModel model) {
                assertThat(model.chat("9x-15=21\nplease")).isEqualTo("x=5");
            }
        }
    }

    static class Unnamed {
        @RegisterExtension
        static final CerminExtension CERMIN = CerminExtension.replaying(folder.resolve("none"));

        @Test
        void solves(@ModelName("judge") ChatModel judge) {
            judge.chat("Well?");
        }
    }

    static class Constructed {
        @RegisterExtension
        static final CerminExtension CERMIN = CerminExtension.replaying(folder.resolve("none"));

        Constructed(ChatModel model) {
            model.chat("Too early");
        }

        @Test
        void solves() {}
    }

    @Test
    void aRunRecordsAndTheNextReplaysWithoutTheModel() {
        Map<String, TestExecutionResult> recorded = recording(() -> run(Solver.class));
        int calls = CALLS.getAndSet(0);
        assertThat(calls).as("one for each of 4 tests to warm up, and 5").isEqualTo(4 + 5);
        assertThat(CLOSED).as("a model and a judge").hasValue(2);
        assertThat(files())
                .containsExactly(
                        "dev.cermin.testing.CerminExtensionTest.Solver.Deeper/fails.jsonl",
                        "dev.cermin.testing.CerminExtensionTest.Solver/again-1.jsonl",
                        "dev.cermin.testing.CerminExtensionTest.Solver/again-2.jsonl",
                        "dev.cermin.testing.CerminExtensionTest.Solver/solves.jsonl",
                        "dev.cermin.testing.CerminExtensionTest.Solver/solves.judge.jsonl");

        Map<String, TestExecutionResult> replayed = run(Solver.class);

        assertThat(CALLS).hasValue(0);
        for (var results : List.of(recorded, replayed)) {
            assertThat(results).hasSize(4);
            results.forEach((name, result) -> assertThat(result.getStatus())
                    .as("%s: %s", name, result)
                    .isEqualTo(name.startsWith("fails") ? Status.FAILED : Status.SUCCESSFUL));
        }
        assertThat(failure(replayed, "fails").getSuppressed())
                .singleElement()
                .satisfies(seen -> assertThat(seen)
                        .hasMessageContaining("model was asked: Are you there?")
                        .hasMessageContaining("model was asked: 9x-15=21 please")
                        .hasMessageContaining("and said: x=4"));
    }

    @Test
    void aMissingRecordingSaysHowToRecord() {
        assertThat(failure(run(Unnamed.class), "solves"))
                .hasMessageContaining("There is no recording of model 'judge' for this test")
                .hasMessageContaining("solves.judge.jsonl")
                .hasMessageContaining("-Dcermin.record=true");
    }

    @Test
    void aModelThatIsNotThereCanNotBeRecorded() {
        assertThat(failure(recording(() -> run(Unnamed.class)), "solves"))
                .hasMessageContaining("There is no model 'judge' to be recorded; there are []")
                .hasMessageContaining(".model(\"judge\", () -> …)");
    }

    @Test
    void aConstructorGetsNone() {
        assertThat(failure(run(Constructed.class), "solves"))
                .hasMessageContaining("take the ChatModel as a parameter of the test");
    }

    private static Throwable failure(Map<String, TestExecutionResult> results, String test) {
        return results.entrySet().stream()
                .filter(each -> each.getKey().startsWith(test))
                .findFirst()
                .flatMap(each -> each.getValue().getThrowable())
                .orElseThrow(() -> new AssertionError("No failure of " + test + ": " + results));
    }

    private static Map<String, TestExecutionResult> recording(Supplier<Map<String, TestExecutionResult>> run) {
        System.setProperty(CerminExtension.RECORD, "true");
        try {
            return run.get();
        } finally {
            System.clearProperty(CerminExtension.RECORD);
        }
    }

    /** The tests' results, by display name and number. */
    private static Map<String, TestExecutionResult> run(Class<?> tests) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        var launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build());
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(tests))
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (test.isTest()) {
                            results.put(test.getDisplayName() + " " + results.size(), result);
                        }
                    }
                });
        return results;
    }

    private static List<String> files() {
        Path root = folder.resolve("recordings");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
