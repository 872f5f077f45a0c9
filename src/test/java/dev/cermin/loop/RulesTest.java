package dev.cermin.loop;

import static dev.cermin.loop.LoopWords.accept;
import static dev.cermin.loop.LoopWords.assertStopped;
import static dev.cermin.loop.LoopWords.correct;
import static dev.cermin.loop.LoopWords.generate;
import static dev.cermin.loop.LoopWords.reflect;
import static dev.cermin.loop.LoopWords.revise;
import static dev.cermin.loop.LoopWords.unreadable;
import static dev.cermin.loop.LoopWords.unverified;
import static dev.cermin.loop.LoopWords.verified;
import static dev.cermin.loop.LoopWords.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Oscillation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Schedule;
import dev.cermin.policy.Start;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Panels of critics, falling scores, repeats, schedules and escalation. */
class RulesTest {
    private static final Policy LONG = Policy.of(Rounds.of(9), NoProgress.after(9));

    // --- panels

    @Test
    void aMajorityIsMoreThanHalfOfThoseThatCouldBeRead() {
        Policy policy = Policy.of(Acceptance.from(0.9).byMajority());
        LoopState twoOfThree = panel(policy, accept("a", 1), accept("b", 0.95), revise("c", 0.1, "too long"));
        assertStopped(twoOfThree, StopReason.ACCEPTED);
        assertThat(twoOfThree.outcome().best().verdict().reasons())
                .containsExactly("a accepts with 1.00", "b accepts with 0.95", "Outvoted: c: too long");

        LoopState half = panel(policy, accept("a", 1), revise("b", 0.1, "dull"), unreadable("c"));
        assertThat(half.next()).isEqualTo(new Correct());
        assertThat(half.attempts().getFirst().verdict().reasons())
                .containsExactly("b: dull", "c could not be read: no verdict in it");
    }

    @Test
    void aWeightedPanelGoesByTheMeanScore() {
        Policy policy = Policy.of(Acceptance.from(0.8).weighted(Map.of("a", 3.0)));
        assertStopped(panel(policy, accept("a", 1), revise("b", 0.4, "dull")), StopReason.ACCEPTED);

        LoopState below = panel(policy, accept("a", 0.8), revise("b", 0.4, "dull"));
        assertThat(below.attempts().getFirst().verdict().reasons())
                .containsExactly("b: dull", "The weighted score is 0.70 of 0.80");
    }

    @Test
    void aPanelOverrulesNoVerifierEither() {
        Policy policy = Policy.of(Acceptance.from(0.1).byMajority());
        LoopState state = verify(generate(verified(policy, "a"), "5"), false);

        assertThat(reflect(state, accept("a", 1)).attempts().getFirst().accepted())
                .isFalse();
    }

    private static LoopState panel(Policy policy, Critique... critiques) {
        String[] names =
                java.util.Arrays.stream(critiques).map(Critique::critic).toArray(String[]::new);
        LoopState state = generate(unverified(policy, names), "a poem");
        for (Critique critique : critiques) {
            state = reflect(state, critique);
        }
        return state;
    }

    // --- stop rules

    @Test
    void aScoreThatFallsTwiceInARowEndsIt() {
        LoopState state = reflect(generate(unverified(LONG, "critic"), "a"), revise("critic", 0.8, "dull"));
        state = reflect(correct(state, "b"), revise("critic", 0.6, "dull"));
        assertThat(state.finished()).isFalse();
        state = reflect(correct(state, "c"), revise("critic", 0.5, "dull"));

        assertStopped(state, StopReason.NO_PROGRESS);
        assertThat(state.stop().detail()).isEqualTo("The score fell in the last 2 corrections, to 0.50");
        assertThat(state.outcome().answer()).contains("a");
    }

    @Test
    void aScoreThatRisesInBetweenStartsTheCountAgain() {
        Policy policy = LONG.with(FallingScore.after(2));
        LoopState state = reflect(generate(unverified(policy, "critic"), "a"), revise("critic", 0.8, "dull"));
        for (double score : new double[] {0.6, 0.7, 0.5}) {
            state = reflect(correct(state, "draft " + score), revise("critic", score, "dull"));
        }
        assertThat(state.finished()).isFalse();
    }

    @Test
    void toleratedRepeatsArePassedOver() {
        Policy policy = LONG.with(Oscillation.tolerating(1));
        LoopState state = verify(generate(verified(policy), "5"), false);
        state = correct(state, "5");
        assertThat(state.next()).isEqualTo(new Correct());
        assertThat(state.attempts().getLast().verdict().reasons())
                .containsExactly("The same answer as draft 0", "v0: fails");
        state = verify(correct(state, "6"), false);
        state = correct(state, "5");

        assertStopped(state, StopReason.OSCILLATION);
    }

    // --- how drafts are written

    @Test
    void aScheduleGoesByTheDraftAndItsLastTemperatureStays() {
        Policy policy = LONG.with(Schedule.ofTemperatures(0.0, 0.7).withSeed(40));
        LoopState state = verified(policy);
        assertThat(state.draftCall()).isEqualTo(new DraftCall(null, 0.0, 40L, ""));
        state = verify(generate(state, "5"), false);
        assertThat(state.draftCall()).isEqualTo(new DraftCall(null, 0.7, 41L, ""));
        state = verify(correct(state, "6"), false);
        assertThat(state.draftCall()).isEqualTo(new DraftCall(null, 0.7, 42L, ""));
    }

    @Test
    void failedVerdictsEscalateThroughTheListAndSayWhy() {
        Policy policy = LONG.with(Escalation.to("large", "huge").after(2));
        LoopState state = verified(policy);
        assertThat(state.draftCall().model()).isNull();
        state = verify(generate(state, "1"), false);
        assertThat(state.draftCall().model()).isNull();
        state = verify(correct(state, "2"), false);
        assertThat(state.draftCall())
                .isEqualTo(new DraftCall("large", null, null, "Escalated to large after 2 failed verdicts"));
        state = verify(correct(state, "3"), false);
        assertThat(state.draftCall().model()).isEqualTo("large");
        state = verify(correct(state, "4"), false);
        assertThat(state.draftCall().model()).isEqualTo("huge");
        state = verify(correct(verify(correct(state, "5"), false), "6"), false);
        assertThat(state.draftCall().model()).as("there is none after the last").isEqualTo("huge");
    }

    @Test
    void samplesAreOneRoundAndDoNotEscalate() {
        Policy policy = LONG.with(Escalation.to("large"), Start.bestOf(2));
        LoopState state = verify(generate(verified(policy), "1"), false);
        assertThat(state.draftCall().model()).isNull();
        state = verify(generate(state, "2"), false);
        assertThat(state.draftCall().model()).isEqualTo("large");
    }

    // --- steps without a result

    @Test
    void aStepThatIsCutShortEndsTheLoopAndIsPaidFor() {
        LoopState state = verify(generate(verified(LONG), "5"), false);
        Spend spend = new Spend(Role.CORRECT, "maker", new Usage(3, 9, 9, BigDecimal.ONE, Duration.ZERO));
        state = state.apply(new CutShort(StopReason.BUDGET, "4 of 4 calls made", spend));

        assertStopped(state, StopReason.BUDGET);
        assertThat(state.outcome().answer()).contains("5");
        assertThat(state.outcome().usage().calls()).isEqualTo(4);
    }

    @Test
    void aFailedCallIsPaidFor() {
        Spend spend = new Spend(Role.GENERATE, "maker", new Usage(1, 0, 0, BigDecimal.ZERO, Duration.ZERO));
        LoopState state = verified(LONG).apply(new Failed("the model is gone", spend));

        assertStopped(state, StopReason.FAILED);
        assertThat(state.outcome().usage().calls()).isEqualTo(1);
    }
}
