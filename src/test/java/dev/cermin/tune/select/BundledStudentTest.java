package dev.cermin.tune.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.tune.Decision;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Selected;
import dev.cermin.tune.Student;
import dev.cermin.tune.lines.Lines;
import dev.cermin.tune.score.ChatFormat;
import dev.cermin.tune.score.Scoring;
import dev.cermin.tune.score.Students;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it with a real student, whose scores nobody made up. */
class BundledStudentTest {
    /** Passes over the same tokens may differ in the last places of a float. */
    private static final Percentage SAME = withinPercentage(0.002);

    @TempDir
    Path folder;

    private static Sample sample(String id, String instruction, String output) {
        return new Sample(id, instruction, "", output, new Sample.Source("test", 0, List.of()));
    }

    @Test
    void decisionsFollowFromItsScores() throws Exception {
        List<Sample> samples = List.of(
                sample("a", "9x-15=21", "x=4"), sample("b", "2x+3=9", "x=1"), sample("long", "9".repeat(3000), "x=4"));
        ScriptedChatModel teacher = ScriptedChatModel.saying(
                "[New Instruction] 3x+7=8x-13 [End] [New Answer] x=4 [End]",
                "[New Instruction] 2x+3=9 [End] [New Answer] x=7 [End]",
                "[Better Answer] The root of 3x+7=8x-13 is 4 [End]",
                "[Better Answer] x=3 [End]");
        try (var model = JlamaChatModel.builder()
                .folder(BundledModel.unpack(Path.of("target/models")))
                .build()) {
            Student student = Students.of(model);
            Scoring scoring = new Scoring(student, ChatFormat.named("own", student));

            Tally tally = Selection.of(samples, Scripted.teacher(teacher), scoring, "mirror")
                    .in(folder)
                    .run();

            teacher.assertExhausted();
            assertThat(tally.unscored()).isEqualTo(1);
            List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("selected.jsonl")));
            lines.addAll(Files.readAllLines(folder.resolve("dropped.jsonl")));
            List<Selected> all = lines.stream().map(Lines::selected).toList();
            assertThat(all).hasSize(3);
            for (Selected one : all) {
                if (one.original().id().equals("long")) {
                    assertThat(one.decisions().getLast().reason())
                            .startsWith("unscored: the prompt, of ")
                            .contains("fills the window of");
                    continue;
                }
                Scores again = scoring.of(one.sample());
                assertThat(one.scores().ifdPpl().orElseThrow())
                        .isCloseTo(again.ifdPpl().orElseThrow(), SAME);
                assertThat(one.scores().rifdLoss().orElseThrow())
                        .isCloseTo(again.rifdLoss().orElseThrow(), SAME);
                Decision first = one.decisions().get(0);
                assertThat(first.taken()).isEqualTo(first.after() > first.before());
                assertThat(first.before())
                        .isCloseTo(scoring.of(one.original()).ifdPpl().orElseThrow(), SAME);
                Decision second = one.decisions().get(1);
                assertThat(second.taken()).isEqualTo(second.after() < second.before());
                assertThat(one.kept())
                        .isEqualTo(second.taken()
                                && again.ifdPpl().orElseThrow() < 1
                                && again.rifdPpl().orElseThrow() < 1);
            }
        }
    }
}
