package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.tune.Student;
import dev.cermin.tune.score.Students;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringRunTest {
    @TempDir
    Path temp;

    @Test
    void scoresCostAboutThePassesThatTheyTakeAndASharedPromptIsReadOnce() throws Exception {
        try (JlamaChatModel model =
                JlamaChatModel.builder().folder(BundledModel.unpack(temp)).build()) {
            String printed = printed(Students.of(model));
            Matcher ratio = Pattern.compile("ratio ([\\d.]+)").matcher(printed);
            Matcher saved = Pattern.compile(": ([\\d.]+) times as many").matcher(printed);

            // far from what is measured where nothing else runs, 1.0 and 4: other tests do
            assertThat(ratio.find()).isTrue();
            assertThat(Double.parseDouble(ratio.group(1))).isGreaterThan(0.5);
            assertThat(saved.find()).isTrue();
            assertThat(Double.parseDouble(saved.group(1))).isGreaterThan(1.5);
        }
    }

    private static String printed(Student student) throws Exception {
        PrintStream usual = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            new ScoringRun(student, 1).run(3);
        } finally {
            System.setOut(usual);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyStudentsWhoseEngineIsKnownCanBeMeasured() {
        assertThatThrownBy(() -> new ScoringRun((prompt, text) -> null, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Students");
    }
}
