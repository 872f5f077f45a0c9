package dev.cermin.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.eval.report.Report;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.testing.ScriptedChatModel;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.ChatModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what is compiled and run here. */
class ReadmeTest {
    private final String readme = read("README.md");

    @ParameterizedTest
    @ValueSource(strings = {"HelloReflection", "HaikuAgent", "SeveralModels"})
    void theExamplesAreThoseThatRun(String example) {
        assertThat(readme).contains(shown(example));
    }

    @Test
    void theAgentInCodeWritesReflectsAndCorrects() {
        var model = ScriptedChatModel.saying(
                "An old silent pond",
                "{\"issues\": [\"two lines are missing\"], \"score\": 0.2, \"verdict\": \"revise\"}",
                "An old silent pond\nA frog jumps into the pond\nSplash! Silence again");

        assertThat(HaikuAgent.on(model).run("a pond").answer().orElseThrow()).contains("Splash");
        assertThat(model.prompts().getLast()).contains("two lines are missing");
    }

    @Test
    void ofSeveralModelsOneAnswers() {
        ChatModel down = new ScriptedChatModel(prompt -> {
            throw new AuthenticationException("no such key");
        });
        assertThat(SeveralModels.ask(down, down, ScriptedChatModel.saying("Leaves fall")))
                .isEqualTo("Leaves fall");
    }

    @Test
    void itPrintsWhatTheReadmeSays() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            HelloReflection.main();
        } finally {
            System.setOut(before);
        }
        assertThat(readme).contains(printed.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void theEvaluationOfTheDocumentationRuns(@TempDir Path folder) throws InterruptedException {
        assertThat(read("docs/evaluations.md")).contains(shown("EvaluationExample"));
        Path models = BundledModel.unpack(folder.resolve("models"));
        try (var model = JlamaChatModel.builder().folder(models).build()) {
            Report report = EvaluationExample.of(Agent.named("equations", model), folder.resolve("run.jsonl"));

            assertThat(report.partial()).isFalse();
            assertThat(report.text())
                    .contains("40 of 40 done")
                    .contains("single shot")
                    .contains("McNemar");
        }
    }

    @Test
    void theAgentFileIsTheOneThatComesWithCermin() {
        assertThat(readme).contains(read("agents/equations.yaml").strip());
    }

    private static String shown(String example) {
        String source = read("src/test/java/dev/cermin/readme/" + example + ".java");
        return source.substring(
                        source.indexOf("// README:begin") + "// README:begin".length(), source.indexOf("// README:end"))
                .stripTrailing()
                .stripIndent()
                .strip();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
