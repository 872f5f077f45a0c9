package dev.cermin.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.agent.PolicyChange;
import dev.cermin.loop.Plan;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Verifiers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterfactualTest {
    private static String judge(double score) {
        String verdict = score >= 0.9 ? "accept" : "revise";
        return "{\"verdict\":\"%s\",\"score\":%s,\"issues\":[\"It is dull\"]}".formatted(verdict, score);
    }

    private static String liked(double score) {
        return "{\"verdict\":\"accept\",\"score\":%s,\"issues\":[]}".formatted(score);
    }

    /** Three drafts, and what a critic says of each. */
    private static List<TraceStep> judged() {
        ScriptedChatModel model = ScriptedChatModel.saying("one", liked(0.7), "two", judge(0.8), "three", liked(0.95));
        var run = Agent.builder("writer")
                .model(model)
                .critic("taste", "It is no cliché")
                .policy(Rounds.of(3), NoProgress.after(3))
                .build()
                .start("Write");
        run.outcome();
        return run.trace();
    }

    private static List<TraceStep> solved() {
        var run = Agent.builder("solver")
                .model(ScriptedChatModel.saying("x=3", "x=5", "x=4"))
                .verifiers("equation")
                .policy(Rounds.of(3), NoProgress.after(3))
                .build()
                .start("9x-15=21");
        run.outcome();
        return run.trace();
    }

    private static Counterfactual with(List<TraceStep> steps, String... changes) {
        Plan plan = Replay.state(steps.subList(0, 1)).plan();
        Policy policy = new PolicyChange(List.of(changes)).of(plan.policy(), plan.critics());
        return Counterfactual.of(
                steps,
                new Plan(plan.agent(), plan.version(), plan.pin(), plan.verified(), plan.critics(), policy),
                Judges.OF_THEN);
    }

    @Test
    void nothingChangedIsTheSameOutcome() {
        for (List<TraceStep> steps : List.of(judged(), solved())) {
            Counterfactual same = with(steps);

            assertThat(same.open()).isNull();
            assertThat(same.assumptions()).isEmpty();
            assertThat(same.outcome()).contains(same.before());
            assertThat(same.changes()).isFalse();
        }
    }

    @Test
    void aLowerThresholdTakesTheFirstDraftAndSavesTheRest() {
        Counterfactual lower = with(judged(), "acceptance.threshold=0.6");

        assertThat(lower.outcome()).hasValueSatisfying(outcome -> {
            assertThat(outcome.answer()).contains("one");
            assertThat(outcome.stop().reason()).isEqualTo(StopReason.ACCEPTED);
            assertThat(outcome.usage().calls()).isEqualTo(2);
        });
        assertThat(lower.before().usage().calls()).isEqualTo(6);
        assertThat(lower.changes()).isTrue();
    }

    @Test
    void aHigherThresholdWantsDraftsThatAreNotThereAndSaysSo() {
        Counterfactual higher = with(judged(), "acceptance.threshold=0.99");

        assertThat(higher.outcome()).isEmpty();
        assertThat(higher.open()).isEqualTo("it would have corrected draft 2, and the trace ends with correction 2");
        assertThat(higher.best())
                .hasValueSatisfying(best -> assertThat(best.draft().output()).isEqualTo("three"));
    }

    @Test
    void fewerRoundsEndEarlierWithTheBestDraftSoFar() {
        Counterfactual fewer = with(solved(), "rounds=1");

        assertThat(fewer.outcome()).hasValueSatisfying(outcome -> {
            assertThat(outcome.stop().reason()).isEqualTo(StopReason.ROUNDS);
            assertThat(outcome.answer()).contains("x=3");
            assertThat(outcome.accepted()).isFalse();
        });
        assertThat(fewer.changes()).isTrue();
    }

    @Test
    void verifiersOfAnotherAgentAreRunOnTheDraftsThatAreThere() {
        var strict = Agent.builder("solver")
                .model(ScriptedChatModel.saying())
                .verifier("regex", java.util.Map.of("pattern", "x=\\d", "mode", "full"))
                .build()
                .definition();
        List<TraceStep> steps = solved();
        Counterfactual other =
                Counterfactual.of(steps, strict.plan(), Judges.of(strict, Verifiers.standard(), Set.of()));

        assertThat(other.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.answer()).contains("x=3"));
    }

    @Test
    void aCriticThatWasNotHeardLeavesItOpen() {
        List<TraceStep> steps = judged();
        Plan plan = Replay.state(steps.subList(0, 1)).plan();

        Counterfactual unheard = Counterfactual.of(steps, plan, Judges.ofThenBut(Set.of("taste")));

        assertThat(unheard.open()).contains("critic 'taste' about draft 0");
    }

    @Test
    void anAcceptingCriticLeftOutIsToldAsAnAssumption() {
        var run = Agent.builder("writer")
                .model(ScriptedChatModel.saying("one", liked(0.95), judge(0.2), "two", liked(0.95), liked(0.95)))
                .critic("taste", "It is no cliché")
                .critic("form", "It is short")
                .policy(Rounds.of(2), Acceptance.DEFAULT)
                .build()
                .start("Write");
        run.outcome();
        Plan plan = Replay.state(run.trace().subList(0, 1)).plan();
        Plan form = new Plan(plan.agent(), plan.version(), plan.pin(), plan.verified(), List.of("form"), plan.policy());

        Counterfactual alone = Counterfactual.of(run.trace(), form, Judges.OF_THEN);

        assertThat(alone.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.answer()).contains("two"));
        assertThat(alone.assumptions()).singleElement().asString().contains("correction 1 would have been the same");
    }

    @Test
    void aChangeThatIsNoneIsRefusedWithAllThatIsWrong() {
        assertThatThrownBy(() -> with(solved(), "rouns=1", "patience=x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rouns")
                .hasMessageContaining("patience");
        assertThatThrownBy(() -> with(solved(), "rounds")).hasMessageContaining("KEY=VALUE");
    }

    @Test
    void theExactReplayComesToTheSameOutcomeAndTellsWhereItDoesNot() {
        List<TraceStep> steps = judged();
        assertThat(ExactReplay.of(steps).same()).isTrue();

        TraceStep last = steps.getLast();
        List<TraceStep> other = new java.util.ArrayList<>(steps.subList(0, steps.size() - 1));
        other.add(new TraceStep(
                last.taskId(),
                last.number(),
                last.kind(),
                last.round(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                last.accepted(),
                null,
                last.startedAt(),
                0,
                1,
                last.worker(),
                new dev.cermin.trace.Texts(
                        null, null, null, "four", last.texts().findings()),
                last.textHashes(),
                last.previous(),
                last.hash()));

        assertThat(ExactReplay.of(other).differences())
                .containsExactly(new ExactReplay.Difference("answer", "four", "three"));
        assertThatThrownBy(() -> ExactReplay.of(steps.subList(0, 3))).hasMessageContaining("has no end");
    }
}
