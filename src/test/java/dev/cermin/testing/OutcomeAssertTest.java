package dev.cermin.testing;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Rounds;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OutcomeAssertTest {
    private static final Outcome CORRECTED = solve("x=1", "x=4");
    private static final Outcome WRONG = solve("x=1", "x=2", "x=3");

    private static Outcome solve(String... drafts) {
        return Agent.builder("solver")
                .model(ScriptedChatModel.saying(drafts))
                .verifiers("equation")
                .policy(Rounds.of(2))
                .build()
                .run("9x-15=21");
    }

    @Test
    void whatHoldsIsSaidInAChain() {
        assertThat(CORRECTED)
                .isAccepted()
                .stoppedBy(StopReason.ACCEPTED)
                .hasAnswer("x=4")
                .hasRounds(1)
                .failsFirst("equation")
                .hasVerdictReason(0, "x=1 gives -6 on the left and 21 on the right")
                .passes("equation")
                .improvedOnFirstDraft()
                .takesAtMostCalls(2)
                .takesAtMostTokens(10_000)
                .costsAtMost("0")
                .wentAs(solve("x=1", "x=4"));
        assertThat(CORRECTED).answer().startsWith("x=");
        assertThat(WRONG).isNotAccepted();
    }

    static final List<Map.Entry<String, Consumer<Outcome>>> FAILING = List.of(
            Map.entry(
                    "to be accepted; it stopped by ROUNDS",
                    outcome -> assertThat(outcome).isAccepted()),
            Map.entry(
                    "to stop by FAILED; it stopped by ROUNDS",
                    outcome -> assertThat(outcome).stoppedBy(StopReason.FAILED)),
            Map.entry(
                    "the answer 'x=4'; it is 'x=1'",
                    outcome -> assertThat(outcome).hasAnswer("x=4")),
            Map.entry("to start with", outcome -> assertThat(outcome).answer().startsWith("y")),
            Map.entry(
                    "1 rounds of correction; there were 2",
                    outcome -> assertThat(outcome).hasRounds(1)),
            Map.entry(
                    "a reason with 'too long' in the verdict of round 1; it has [equation: x=2 gives",
                    outcome -> assertThat(outcome).hasVerdictReason(1, "too long")),
            Map.entry(
                    "in the verdict of round 7; it has no verdict",
                    outcome -> assertThat(outcome).hasVerdictReason(7, "too long")),
            Map.entry(
                    "to pass 'equation'; it fails: x=1 gives",
                    outcome -> assertThat(outcome).passes("equation")),
            Map.entry(
                    "to fail 'spelling'; no such verifier has looked at it",
                    outcome -> assertThat(outcome).failsFirst("spelling")),
            Map.entry(
                    "a correction to be the answer; a first draft is",
                    outcome -> assertThat(outcome).improvedOnFirstDraft()),
            Map.entry(
                    "at most 2 calls; there were 3",
                    outcome -> assertThat(outcome).takesAtMostCalls(2)),
            Map.entry(
                    "at most 5 tokens; there were",
                    outcome -> assertThat(outcome).takesAtMostTokens(5)),
            Map.entry(
                    "a cost of at most -1; it is 0",
                    outcome -> assertThat(outcome).costsAtMost("-1")),
            Map.entry("as another one did", outcome -> assertThat(outcome).wentAs(CORRECTED)));

    @ParameterizedTest
    @FieldSource("FAILING")
    void aFailureSaysWhatWasExpectedAndShowsTheWholeLoop(Map.Entry<String, Consumer<Outcome>> failing) {
        assertThatThrownBy(() -> failing.getValue().accept(WRONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(failing.getKey())
                .hasMessageContaining("* round 0, to be revised: x=1")
                .hasMessageContaining("✗ equation: x=1 gives -6 on the left and 21 on the right")
                .hasMessageContaining("  round 2, to be revised: x=3");
    }

    @Test
    void aLoopThatWentOtherwiseIsShownFromTheFirstDifference() {
        assertThatThrownBy(() -> assertThat(WRONG).wentAs(CORRECTED))
                .hasMessageContaining("expected: stop: ACCEPTED")
                .hasMessageContaining("given:    stop: ROUNDS")
                .hasMessageContaining("* round 1, accepted: x=4");
    }

    @Test
    void aDescriptionGoesBeforeAndPercentSignsDoNoHarm() {
        Outcome odd = solve("100 %s", "50 %n", "x=100%");
        ThrowingCallable failing = () -> assertThat(odd).as("the solver").isAccepted();

        assertThatThrownBy(failing)
                .hasMessageStartingWith("[the solver] Expected the loop to be accepted")
                .hasMessageContaining("100 %s");
    }
}
