package dev.cermin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final String ANSWER =
            "<thinking>x=1</thinking><reflection>1:2 bad;2/1=2</reflection><output>x=2</output>";

    @TempDir
    Path folder;

    private Path file(String... lines) throws Exception {
        return Files.writeString(folder.resolve("reflection-twice.jsonl"), String.join("\n", lines));
    }

    private static String row(String answer, int from) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"x+1=3\"},{\"role\":\"assistant\",\"content\":\"%s\"}],\"loss_from\":%d}"
                .formatted(answer, from);
    }

    @Test
    void anExportedAnswerIsTheSequenceThatTheCourseTeaches() throws Exception {
        Problem problem = Family.LINEAR.any(new Random(1));
        Sequence taught = Sequence.of(problem, problem.answer());
        String answer = TeacherSet.response(problem.answer(), problem.reflection(problem.answer()), problem.answer());

        assertThat(Sequence.of(problem.question(), answer, 0).tokens()).isEqualTo(taught.tokens());
    }

    @Test
    void theLossIsOnWhatTheRowSays() throws Exception {
        int behind = ANSWER.indexOf("<reflection>") + "<reflection>".length();
        Examples examples = Examples.read(file(row(ANSWER, 0), row(ANSWER, behind)));

        Sequence whole = examples.all().get(0);
        Sequence later = examples.all().get(1);
        // the beginning and x+1=3 are given; then come a tag, x=1 and two tags
        assertThat(whole.weights()).startsWith(0, 0, 0, 0, 0, 0, 1);
        assertThat(later.weights()).startsWith(new float[12]).endsWith(1, 1, 1);
        assertThat(later.weights()[12]).isEqualTo(1);
        assertThat(later.tokens()[11]).isEqualTo(Token.REFLECTION);
    }

    @Test
    void aBrokenRowIsToldWithItsLineAndLeftOut() throws Exception {
        List<String> told = new ArrayList<>();
        Path file = file(
                row(ANSWER, 0), row(ANSWER, 1000), "{\"prompt\":\"x\"}", "{", row("1".repeat(300), 0), row(ANSWER, 0));

        assertThat(Examples.read(file, told::add).all()).hasSize(2);
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).contains("reflection-twice.jsonl:2: loss_from is 1000");
        assertThat(told.get(1)).contains(":3: a user's message");
        assertThat(told.get(2)).contains(":4: ");
        assertThat(told.get(3)).contains(":5: It is 307 tokens long, of which a row holds 256");
        assertThatThrownBy(() -> Examples.read(file("{"), told::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no example to learn from; 1 lines were left out");
    }
}
