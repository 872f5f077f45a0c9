package dev.cermin.tune.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.model.llamacpp.BundledGguf;
import dev.cermin.model.llamacpp.LlamaChatModel;
import dev.cermin.model.llamacpp.LlamaCommand;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model as a student on a real llama-server, beside Jlama. Runs where CERMIN_LLAMA_SERVER names the program. */
class LlamaServerStudentLiveTest {
    @TempDir
    static Path temp;

    private static LlamaChatModel server;
    private static JlamaChatModel jlama;

    @BeforeAll
    static void start() throws IOException {
        String binary = System.getenv("CERMIN_LLAMA_SERVER");
        assumeThat(binary)
                .as("CERMIN_LLAMA_SERVER, the path of a llama-server, is not set: nothing is tested on a real one")
                .isNotNull();
        Path folder = BundledModel.unpack(temp);
        jlama = JlamaChatModel.builder().folder(folder).build();
        Map<String, String> exact = Map.of(
                "ctx-size",
                "1024",
                "parallel",
                "2",
                "threads",
                "1",
                "cache-type-k",
                "f32",
                "cache-type-v",
                "f32",
                "flash-attn",
                "off");
        server = LlamaChatModel.builder()
                .command(new LlamaCommand(
                        Path.of(binary), BundledGguf.write(folder, temp.resolve("mirror.gguf")), exact, List.of()))
                .logs(temp)
                .build();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            jlama.close();
        }
    }

    @Test
    void bothEnginesGiveTheSameScores() throws Exception {
        Student one = Students.of(jlama);
        Student other = Students.of(server);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String format : List.of("own", "wizardlm", "vicuna")) {
                Scoring ours = new Scoring(one, ChatFormat.named(format, one), 400);
                Scoring theirs = new Scoring(other, ChatFormat.named(format, other), 400);
                List<Future<Scores>> found = new ArrayList<>();
                for (Sample sample : StudentsTest.SAMPLES) {
                    found.add(threads.submit(() -> theirs.of(sample)));
                }
                for (int i = 0; i < found.size(); i++) {
                    Scores expected = ours.of(StudentsTest.SAMPLES.get(i));
                    assertClose(found.get(i).get().answer(), expected.answer());
                    assertClose(found.get(i).get().answerAlone(), expected.answerAlone());
                    assertClose(found.get(i).get().instruction(), expected.instruction());
                    assertClose(found.get(i).get().instructionAlone(), expected.instructionAlone());
                }
            }
        }
    }

    private static void assertClose(Likelihood found, Likelihood expected) {
        assertThat(((Scored) found).meanNll()).isCloseTo(((Scored) expected).meanNll(), within(1e-4));
        assertThat(((Scored) found).tokens()).isEqualTo(((Scored) expected).tokens());
    }

    @Test
    void aTextUpToTheWindowIsScoredAndOneBeyondIsNot() {
        Student student = Students.of(server);

        assertThat(student.likelihood("1".repeat(500), "2".repeat(11))).isInstanceOf(Scored.class);
        assertThat(student.likelihood("1".repeat(500), "2".repeat(12)))
                .isEqualTo(new Unscored("prompt and text have 513 tokens, and the student's window is 512"));
    }

    @Test
    void textsWithTokensThatEndThemAreScoredToo() {
        assertClose(
                Students.of(server).likelihood("1", "2<eos>3</thinking>Ü"),
                Students.of(jlama).likelihood("1", "2<eos>3</thinking>Ü"));
    }
}
