package dev.cermin.tune.select;

import static dev.cermin.tune.select.Scripted.answer;
import static dev.cermin.tune.select.Scripted.pair;
import static dev.cermin.tune.select.Scripted.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.loop.Outcome;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.testing.TraceFixture;
import dev.cermin.tune.Decision;
import dev.cermin.tune.Decision.Stage;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Selected;
import dev.cermin.tune.lines.Lines;
import dev.cermin.tune.select.Tally.Reflected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    @TempDir
    Path folder;

    private final Scripted student = new Scripted();

    private Tally run(ScriptedChatModel teacher, Sample... samples) throws InterruptedException {
        return Selection.of(List.of(samples), Scripted.teacher(teacher), student.scoring(), "scripted")
                .in(folder)
                .run();
    }

    private Selected one(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        assertThat(lines).hasSize(1);
        return Lines.selected(lines.getFirst());
    }

    @Test
    void aBetterPairAndABetterResponseAreTakenByTheScores() throws Exception {
        Tally tally = run(ScriptedChatModel.saying(pair("a", 0.8, 0.9), answer("a", 0.4)), sample("a", 0.5, 0.7));

        Selected selected = one("selected.jsonl");
        assertThat(selected.kept()).isTrue();
        assertThat(selected.original()).isEqualTo(sample("a", 0.5, 0.7));
        assertThat(selected.sample().instruction()).isEqualTo("better a {ifd 0.8}");
        assertThat(selected.sample().output()).isEqualTo("best a {rifd 0.4}");
        assertThat(selected.scores().ifdPpl().orElseThrow()).isCloseTo(0.8, within(1e-12));
        assertThat(selected.scores().rifdPpl().orElseThrow()).isCloseTo(0.4, within(1e-12));
        assertThat(selected.decisions())
                .extracting(Decision::stage)
                .containsExactly(Stage.INSTRUCTION, Stage.RESPONSE, Stage.FINAL);
        assertThat(selected.decisions())
                .extracting(Decision::reason)
                .containsExactly(
                        "IFD rises from 0.5000 to 0.8000",
                        "r-IFD falls from 0.9000 to 0.4000",
                        "IFD and r-IFD are under 1");
        assertThat(selected.decisions().getFirst().before()).isCloseTo(0.5, within(1e-12));
        assertThat(tally).isEqualTo(new Tally(1, 0, new Reflected(1, 1, 1), new Reflected(1, 1, 1), 0, 0, 0, 1));
        assertThat(Files.readAllLines(folder.resolve("dropped.jsonl"))).isEmpty();
    }

    @Test
    void theTeachersTasksAreKeptAsTracesAndNamedInTheSample() throws Exception {
        run(ScriptedChatModel.saying(pair("a", 0.8, 0.9), answer("a", 0.4)), sample("a", 0.5, 0.7));

        List<String> traces = one("selected.jsonl").sample().source().traces();
        assertThat(traces).hasSize(2);
        Outcome first = TraceFixture.read(folder.resolve("traces/" + traces.getFirst() + ".jsonl"))
                .outcome();
        assertThat(first.agent()).isEqualTo(Teacher.INSTRUCTIONS);
        assertThat(first.answer().orElseThrow()).contains("better a");
        assertThat(TraceFixture.read(folder.resolve("traces/" + traces.getLast() + ".jsonl"))
                        .input())
                .isEqualTo("{\"instruction\":\"better a {ifd 0.8}\",\"answer\":\"new a {rifd 0.9}\"}");
    }

    @Test
    void anEasierInstructionIsNotTakenAndItsTraceIsNoSource() throws Exception {
        run(ScriptedChatModel.saying(pair("a", 0.3, 0.9), answer("a", 0.4)), sample("a", 0.5, 0.7));

        Selected selected = one("selected.jsonl");
        assertThat(selected.sample().instruction()).isEqualTo("do a {ifd 0.5}");
        assertThat(selected.sample().output()).isEqualTo("best a {rifd 0.4}");
        assertThat(selected.sample().source().traces()).hasSize(1);
        assertThat(selected.decisions().getFirst().reason()).isEqualTo("IFD falls from 0.5000 to 0.3000");
    }

    @Test
    void aTieKeepsTheCurrentResponseAndItIsDropped() throws Exception {
        Tally tally = run(ScriptedChatModel.saying(pair("a", 0.8, 0.6), answer("a", 0.6)), sample("a", 0.5, 0.7));

        Selected dropped = one("dropped.jsonl");
        assertThat(dropped.sample().output()).isEqualTo("new a {rifd 0.6}");
        assertThat(dropped.decisions())
                .extracting(Decision::reason)
                .containsExactly(
                        "IFD rises from 0.5000 to 0.8000",
                        "r-IFD stays at 0.6000",
                        "its response was not replaced by the second reflection");
        assertThat(tally.notReplaced()).isEqualTo(1);
        assertThat(tally.kept()).isZero();
    }

    @Test
    void ratiosOfOneAndMoreAreDropped() throws Exception {
        Tally tally = run(
                ScriptedChatModel.saying(pair("a", 1.2, 2.0), pair("b", 0.8, 2.0), answer("a", 0.4), answer("b", 1.0)),
                sample("a", 0.5, 0.7),
                sample("b", 0.5, 0.7));

        assertThat(Files.readString(folder.resolve("dropped.jsonl")))
                .contains("IFD is 1.2000, not under 1", "r-IFD is 1.0000, not under 1");
        assertThat(tally).isEqualTo(new Tally(2, 0, new Reflected(2, 2, 2), new Reflected(2, 2, 2), 0, 1, 1, 0));
    }

    @Test
    void whatIsUnscoredIsReportedAndNeverKeptNorAskedFor() throws Exception {
        ScriptedChatModel teacher = ScriptedChatModel.saying(pair("c", "none", 0.1), answer("c", 0.4));
        Sample empty = new Sample("b", "do b {ifd 0.5}", "", "", new Sample.Source("test", 0, List.of()));

        Tally tally = run(teacher, sample("a", "none", 0.7), empty, sample("c", 0.5, 0.7));

        assertThat(teacher.prompts()).hasSize(2).allMatch(prompt -> prompt.contains("do c"));
        assertThat(tally.unscored()).isEqualTo(2);
        List<Selected> dropped = Files.readAllLines(folder.resolve("dropped.jsonl")).stream()
                .map(Lines::selected)
                .toList();
        assertThat(dropped)
                .extracting(one -> one.decisions().getLast().reason())
                .containsExactly("unscored: " + Scripted.FULL, "unscored: the text is empty");
        assertThat(dropped).allMatch(one -> one.scores().ifdPpl().isEmpty());
        assertThat(one("selected.jsonl").decisions().getFirst().reason())
                .isEqualTo("the teacher's version is unscored: " + Scripted.FULL);
    }

    @Test
    void placeholdersAreAskedForOnceMoreAndThenKeepTheOriginal() throws Exception {
        String nothing = "[New Instruction] your instruction [End] [New Answer] your answer [End]";
        ScriptedChatModel teacher = ScriptedChatModel.saying(
                nothing, nothing, "Fine.", pair("b", 0.6, 0.5), answer("a", 0.2), "Fine.", "Still fine.");

        Tally tally = run(teacher, sample("a", 0.5, 0.7), sample("b", 0.5, 0.7));

        teacher.assertExhausted();
        assertThat(teacher.prompts().get(1)).contains("BEGIN EARLIER REPLY", "[New Answer] and [End], are expected");
        assertThat(tally.instructions()).isEqualTo(new Reflected(2, 1, 1));
        assertThat(tally.responses()).isEqualTo(new Reflected(2, 1, 1));
        assertThat(one("selected.jsonl").sample().instruction()).isEqualTo("do a {ifd 0.5}");
        assertThat(one("selected.jsonl").decisions().getFirst().reason())
                .isEqualTo("the teacher's reply has nothing between the markers, also when asked again");
        assertThat(one("dropped.jsonl").sample().instruction()).isEqualTo("better b {ifd 0.6}");
    }

    @Test
    void theTeacherIsAskedColdAndWithTheInput() throws Exception {
        ScriptedChatModel teacher = ScriptedChatModel.saying(pair("a", 0.8, 0.9), answer("a", 0.4));

        run(teacher, new Sample("a", "Add. {ifd 0.5}", "1\n\"2\"", "3 {rifd 1}", new Sample.Source("t", 0, List.of())));

        assertThat(teacher.requests().getFirst().temperature()).isZero();
        assertThat(teacher.prompts().getFirst())
                .contains("\"input\":\"1\\n\\\"2\\\"\"")
                .contains("Ambiguity".toLowerCase(java.util.Locale.ROOT), "level of detail", "accuracy");
        assertThat(one("selected.jsonl").sample().input()).isEmpty();
    }

    @Test
    void twoSamplesOfOneIdAreRefused() {
        assertThatThrownBy(() -> run(ScriptedChatModel.saying(), sample("a", 1, 1), sample("a", 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two samples have the id 'a'; each needs one of its own");
    }
}
