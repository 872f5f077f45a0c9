package dev.cermin.tune.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.Prompt;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.json.Json;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.testing.TraceFixture;
import dev.cermin.trace.TraceStep;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.Sample;
import dev.cermin.tune.lines.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracedTest {
    @TempDir
    Path folder;

    private static List<TraceStep> verified(String... replies) {
        return trace(Agent.builder("solver").verifiers("equation"), "9x-15=21", replies);
    }

    private static List<TraceStep> criticised(String... replies) {
        Critic critic =
                new Critic("taste", "model", new Prompt("judge@1", null, "Judge {{draft}}"), CritiqueFormat.TAGGED);
        return trace(Agent.builder("writer").critic(critic), "Write.", replies);
    }

    private static List<TraceStep> trace(AgentBuilder agent, String input, String... replies) {
        var run = agent.model(ScriptedChatModel.saying(replies))
                .policy(Rounds.of(replies.length - 1))
                .build()
                .start(input);
        run.outcome();
        return run.trace();
    }

    @Test
    void verifiersSayThatACorrectionIsBetterThanTheDraftItReplaced() {
        List<TraceStep> steps = verified("x=1", "x=2", "x=4");

        Traced traced = Traced.of(steps, Reviews.NONE);

        assertThat(traced.right()).isTrue();
        assertThat(traced.stop()).isEqualTo(StopReason.ACCEPTED);
        assertThat(traced.correction())
                .isEqualTo(new Correction(
                        steps.getFirst().taskId().toString(),
                        "9x-15=21",
                        "x=2",
                        "x=2 gives 3 on the left and 21 on the right",
                        "x=4",
                        Judge.VERIFIER));
        assertThat(traced.sample().source().traces())
                .containsExactly(steps.getFirst().taskId().toString());
        assertThat(traced.sample())
                .extracting(Sample::instruction, Sample::output)
                .containsExactly("9x-15=21", "x=4");
    }

    @Test
    void aFirstDraftThatHoldsIsASampleAndNoCorrection() {
        Traced traced = Traced.of(verified("x=4"), Reviews.NONE);

        assertThat(traced.right()).isTrue();
        assertThat(traced.correction()).isNull();
    }

    @Test
    void criticsWordIsMarkedAsTheirs() {
        List<TraceStep> steps = criticised(
                "dull",
                "<reflection>It is dull.</reflection><output>revise 0.2</output>",
                "vivid",
                "<output>accept 1.0</output>");

        Correction correction = Traced.of(steps, Reviews.NONE).correction();

        assertThat(correction).isNotNull();
        assertThat(correction.judge()).isEqualTo(Judge.CRITIC);
        assertThat(correction.reflection()).contains("It is dull.");
        assertThat(correction.rejected()).isEqualTo("dull");
    }

    @Test
    void aReviewerHasTheLastWord() {
        List<TraceStep> steps = verified("x=1", "x=4");

        Reviews wrong = (task, round, answer) -> answer ? Boolean.FALSE : null;
        Reviews both = (task, round, answer) -> answer;
        Reviews tooGood = (task, round, answer) -> Boolean.TRUE;

        assertThat(Traced.of(steps, wrong).right()).isFalse();
        assertThat(Traced.of(steps, wrong).correction()).isNull();
        assertThat(Traced.of(steps, both).correction().judge()).isEqualTo(Judge.REVIEWER);
        assertThat(Traced.of(steps, tooGood).correction()).isNull();
        assertThat(Traced.of(criticised("a", "<output>revise 0.2</output>", "b", "<output>accept 1</output>"), both)
                        .correction()
                        .judge())
                .isEqualTo(Judge.REVIEWER);
    }

    @Test
    void anAnswerThatNobodyAcceptsIsNotRight() {
        Traced traced = Traced.of(verified("x=1", "x=2"), Reviews.NONE);

        assertThat(traced.right()).isFalse();
        assertThat(traced.correction()).isNull();
    }

    @Test
    void aFolderOfTracesIsTakenInAndWhatIsBrokenIsTold() throws IOException {
        List<TraceStep> good = verified("x=1", "x=4");
        TraceFixture.write(good, folder.resolve("in/a.jsonl"));
        Files.writeString(folder.resolve("in/b.json"), Json.text(verified("x=4")));
        Files.writeString(
                folder.resolve("in/c.jsonl"),
                Files.readString(folder.resolve("in/a.jsonl")).replace("x=4", "x=5"));
        TraceFixture.write(good.subList(0, 3), folder.resolve("in/d.jsonl"));
        TraceFixture.write(verified("x=1"), folder.resolve("in/e.jsonl"));
        Files.writeString(folder.resolve("in/f.json"), "{}");
        Files.writeString(folder.resolve("in/notes.txt"), "not meant");

        Filter filter = Filter.DEFAULT;
        Intake intake = Intake.of(
                new TraceFolder(folder.resolve("in"), Reviews.NONE),
                new Intake.Terms("traces", filter, 0.85, 100),
                folder.resolve("out"));

        assertThat(intake.samples()).extracting(Sample::output).containsExactly("x=4");
        assertThat(intake.duplicates()).isEqualTo(1);
        assertThat(intake.filtered()).isEqualTo(1);
        assertThat(intake.rejects()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("out/rejects.jsonl")))
                .contains("c.jsonl", "is not what was recorded")
                .contains("d.jsonl", "the task has not ended")
                .contains("f.json", "no trace");
        assertThat(Files.readString(folder.resolve("out/left-out.jsonl")))
                .contains("nobody says that its answer is right", "it is the same as");
        assertThat(Lines.correction(Files.readString(folder.resolve("out/corrections.jsonl"))))
                .isEqualTo(Traced.of(good, Reviews.NONE).correction());
    }

    @Test
    void everyWrongDraftIsACorrectionOfItsOwnWhereTheAnswersAreTheSame() throws IOException {
        TraceFixture.write(verified("x=1", "x=4"), folder.resolve("in/a.jsonl"));
        TraceFixture.write(verified("x=2", "x=4"), folder.resolve("in/b.jsonl"));
        TraceFixture.write(verified("x=1", "x=4"), folder.resolve("in/c.jsonl"));

        Intake intake = Intake.of(
                new TraceFolder(folder.resolve("in"), Reviews.NONE),
                new Intake.Terms("traces", Filter.DEFAULT, 1, 100),
                folder.resolve("out"));

        assertThat(intake.samples()).hasSize(1);
        assertThat(intake.duplicates()).isEqualTo(2);
        assertThat(intake.corrections()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("out/corrections.jsonl")).stream()
                        .map(Lines::correction)
                        .map(Correction::rejected))
                .containsExactly("x=1", "x=2");
    }

    @Test
    void filtersGoByAgentStopReasonLengthAndCorrections() {
        Candidate corrected = candidate(verified("x=1", "x=4"));
        Candidate atOnce = candidate(verified("x=4"));
        Candidate given = candidate(verified("x=1"));
        int most = Integer.MAX_VALUE;

        assertThat(new Filter(Set.of("writer"), Set.of(), false, 0, most).refusal(corrected))
                .isEqualTo("it is of agent 'solver'");
        assertThat(new Filter(Set.of("solver"), Set.of(), true, 0, most).refusal(corrected))
                .isNull();
        assertThat(new Filter(Set.of(), Set.of(), true, 0, most).refusal(atOnce))
                .isEqualTo("its answer corrects no draft that was wrong");
        assertThat(new Filter(Set.of(), Set.of(StopReason.ROUNDS), false, 0, most).refusal(atOnce))
                .isEqualTo("its loop ended by accepted, not by [rounds]");
        assertThat(new Filter(Set.of(), Set.of(given.traced().stop()), false, 0, most).refusal(given))
                .isNull();
        assertThat(new Filter(Set.of(), Set.of(), false, 4, most).refusal(atOnce))
                .isEqualTo("its answer has 3 characters, fewer than 4");
        assertThat(new Filter(Set.of(), Set.of(), false, 0, 10).refusal(atOnce))
                .isEqualTo("it has 11 characters, more than 10");
    }

    @Test
    void aTraceWithATextErasedIsNone() {
        List<TraceStep> steps = verified("x=1", "x=4");
        List<TraceStep> erased = steps.stream()
                .map(step -> step.number() == 1
                        ? Json.read(Json.text(step).replace("\"output\":\"x=1\",", ""), TraceStep.class)
                        : step)
                .toList();
        assertThatThrownBy(() -> Traced.of(erased, Reviews.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'output' was erased");
    }

    private static Candidate candidate(List<TraceStep> steps) {
        Traced traced = Traced.of(steps, Reviews.NONE);
        return new Candidate(traced.sample(), traced);
    }
}
