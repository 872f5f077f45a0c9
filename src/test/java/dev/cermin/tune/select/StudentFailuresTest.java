package dev.cermin.tune.select;

import static dev.cermin.tune.select.Scripted.answer;
import static dev.cermin.tune.select.Scripted.pair;
import static dev.cermin.tune.select.Scripted.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Student;
import dev.cermin.tune.score.ChatFormat;
import dev.cermin.tune.score.Scoring;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students that fail on a sample, and such that are away. */
class StudentFailuresTest {
    @TempDir
    Path folder;

    private Selection selection(Student student, ScriptedChatModel teacher, Sample... samples) {
        Scoring scoring = new Scoring(student, ChatFormat.ALPACA);
        return Selection.of(List.of(samples), Scripted.teacher(teacher), scoring, "scripted")
                .in(folder);
    }

    /** The scripted student has no ratio for it, and fails. */
    private static Sample odd(String id) {
        return new Sample(id, "no ratio " + id, "", "none", new Sample.Source("test", 0, List.of()));
    }

    /** Is away at some calls, counted from 1. */
    private static final class Away implements Student {
        private final Scripted student = new Scripted();
        private final int from;
        private final int to;
        private int calls;

        Away(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public Likelihood likelihood(String prompt, String text) {
            calls++;
            if (calls >= from && calls <= to) {
                throw new UncheckedIOException(new ConnectException("connection refused"));
            }
            return student.likelihood(prompt, text);
        }
    }

    @Test
    void aSampleThatItFailsOnIsUnscoredAndTheOthersAreDone() throws Exception {
        ScriptedChatModel teacher = ScriptedChatModel.saying(
                pair("a", 0.8, 0.9), pair("b", "no number", 0.9), answer("a", 0.4), answer("b", 0.4));

        Tally tally = selection(
                        new Scripted(), teacher, odd("x"), sample("a", 0.5, 0.7), sample("b", 0.5, 0.7), odd("y"))
                .run();

        teacher.assertExhausted();
        assertThat(tally.kept()).isEqualTo(2);
        assertThat(tally.unscored()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("dropped.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("unscored: the student failed: There is no"));
        assertThat(Files.readString(folder.resolve("selected.jsonl")))
                .contains("the teacher's version is unscored: the student failed: For input string");
    }

    @Test
    void tooManyInARowAreAnOutageAndNoneOfThemIsWrittenDown() throws Exception {
        List<Sample> samples = new ArrayList<>(List.of(sample("a", 0.5, 0.7)));
        IntStream.range(0, 5).forEach(i -> samples.add(odd("x" + i)));

        assertThatThrownBy(() -> selection(new Scripted(), ScriptedChatModel.saying(), samples.toArray(Sample[]::new))
                        .run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("5 samples in a row failed, the last with: sample x4: the student failed: ")
                .hasMessageContaining("the same selection goes on from there");
        assertThat(Files.readAllLines(folder.resolve("1-scores.jsonl"))).hasSize(2);
    }

    @Test
    void allThatThereAreIsAnOutageToo() {
        assertThatThrownBy(() -> selection(new Scripted(), ScriptedChatModel.saying(), odd("x"))
                        .run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("1 samples in a row failed");
    }

    @Test
    void aCallThatMayPassIsTriedAgain() throws Exception {
        Tally tally = selection(
                        new Away(1, 1),
                        ScriptedChatModel.saying(pair("a", 0.8, 0.9), answer("a", 0.4)),
                        sample("a", 0.5, 0.7))
                .run();

        assertThat(tally.kept()).isEqualTo(1);
    }

    @Test
    void aStudentThatStaysAwayIsAnOutageAtOnce() throws Exception {
        Away away = new Away(3, Integer.MAX_VALUE);
        Sample[] samples =
                Stream.of("a", "b", "c").map(id -> sample(id, 0.5, 0.7)).toArray(Sample[]::new);

        assertThatThrownBy(() ->
                        selection(away, ScriptedChatModel.saying(), samples).run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("The student can't score sample b: ")
                .hasMessageContaining("connection refused")
                .hasMessageContaining("the same selection goes on from there");
        assertThat(away.calls).isEqualTo(2 + 3);
        assertThat(Files.readAllLines(folder.resolve("1-scores.jsonl"))).hasSize(2);
    }
}
