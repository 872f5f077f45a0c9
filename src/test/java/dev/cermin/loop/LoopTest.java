package dev.cermin.loop;

import static dev.cermin.loop.LoopWords.accept;
import static dev.cermin.loop.LoopWords.assertStopped;
import static dev.cermin.loop.LoopWords.budget;
import static dev.cermin.loop.LoopWords.correct;
import static dev.cermin.loop.LoopWords.corrections;
import static dev.cermin.loop.LoopWords.generate;
import static dev.cermin.loop.LoopWords.reflect;
import static dev.cermin.loop.LoopWords.revise;
import static dev.cermin.loop.LoopWords.rounds;
import static dev.cermin.loop.LoopWords.unreadable;
import static dev.cermin.loop.LoopWords.unverified;
import static dev.cermin.loop.LoopWords.verified;
import static dev.cermin.loop.LoopWords.verify;
import static dev.cermin.loop.LoopWords.withDeadline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.fixture.Samples;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Budget;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Timeout;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final Policy USUAL = Policy.DEFAULT;
    private static final Policy ALWAYS = Policy.of(new Acceptance(Critics.ALWAYS, 0.9));

    // --- acceptance

    @Test
    void aDraftThatEveryVerifierPassesIsAcceptedWithoutReflection() {
        LoopState end = verify(generate(verified(USUAL, "critic"), "4"), true, true);

        assertStopped(end, StopReason.ACCEPTED);
        assertThat(end.outcome().answer()).contains("4");
        assertThat(end.outcome().usage().calls()).isEqualTo(1);
        assertThat(end.outcome().best().verdict().reasons()).containsExactly("v0: holds", "v1: holds");
    }

    @Test
    void aFailedCheckIsReflectedOnAndCorrected() {
        LoopState state = verify(generate(verified(USUAL, "critic"), "5"), false);
        assertThat(state.next()).isEqualTo(new Reflect("critic"));
        state = reflect(state, revise("critic", 0.1, "2+2 is not 5"));
        assertThat(state.next()).isEqualTo(new Correct());
        state = correct(state, "4");
        assertThat(state.next()).isEqualTo(new Verify());
        state = verify(state, true);

        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().attempts().getFirst().verdict().reasons())
                .containsExactly("v0: fails", "critic: 2+2 is not 5");
    }

    @Test
    void withoutVerifiersTheCriticsDecideFromTheThreshold() {
        LoopState good = reflect(generate(unverified(USUAL, "critic"), "a poem"), accept("critic", 0.9));
        assertStopped(good, StopReason.ACCEPTED);

        LoopState weak = reflect(generate(unverified(USUAL, "critic"), "a poem"), accept("critic", 0.89));
        assertThat(weak.next()).isEqualTo(new Correct());
        assertThat(weak.attempts().getFirst().verdict().reasons()).containsExactly("critic accepts with only 0.89");
    }

    @Test
    void everyCriticMustAccept() {
        LoopState state = generate(unverified(USUAL, "one", "two"), "a poem");
        assertThat(state.next()).isEqualTo(new Reflect("one"));
        state = reflect(state, accept("one", 1));
        assertThat(state.next()).isEqualTo(new Reflect("two"));
        state = reflect(state, revise("two", 0.3, "too long", "no rhyme"));

        assertThat(state.next()).isEqualTo(new Correct());
        assertThat(state.attempts().getFirst().verdict().reasons()).containsExactly("two: too long; no rhyme");
    }

    @Test
    void criticsAlwaysHeardMayRejectWhatVerifiersPass() {
        LoopState state = verify(generate(verified(ALWAYS, "critic"), "4"), true);
        assertThat(state.next()).isEqualTo(new Reflect("critic"));

        assertStopped(reflect(state, accept("critic", 1)), StopReason.ACCEPTED);
        LoopState rejected = reflect(state, revise("critic", 0.5, "rude"));
        assertThat(rejected.next()).isEqualTo(new Correct());
        assertThat(rejected.attempts().getFirst().accepted()).isFalse();
    }

    @Test
    void noCriticOverrulesAVerifier() {
        for (Policy policy : List.of(USUAL, ALWAYS)) {
            LoopState state = verify(generate(verified(policy, "critic"), "5"), false);
            state = reflect(state, accept("critic", 1));

            assertThat(state.finished()).isFalse();
            assertThat(state.attempts().getFirst().verdict()).isEqualTo(new Verdict(false, List.of("v0: fails")));
        }
    }

    @Test
    void anAgentWithoutJudgesAcceptsItsFirstDraft() {
        LoopState end = generate(unverified(USUAL), "hello");

        assertStopped(end, StopReason.ACCEPTED);
        assertThat(end.outcome().best().verdict().reasons()).isNotEmpty();
    }

    // --- critics that can't be read

    @Test
    void whereNoCriticCanBeReadThereIsNothingToCorrectBy() {
        LoopState end = reflect(generate(unverified(USUAL, "critic"), "a poem"), unreadable("critic"));

        assertStopped(end, StopReason.NO_PROGRESS);
        assertThat(end.outcome().answer()).contains("a poem");
        assertThat(end.outcome().best().verdict().reasons())
                .containsExactly("critic could not be read: no verdict in it");
    }

    @Test
    void anAcceptingCriticBesideAnUnreadableOneLeavesNothingToCorrectByEither() {
        LoopState state = reflect(generate(unverified(USUAL, "one", "two"), "a poem"), accept("one", 1));

        assertStopped(reflect(state, unreadable("two")), StopReason.NO_PROGRESS);
    }

    @Test
    void anUnreadableCriticDoesNotHinderACorrectionOfAFailedCheck() {
        LoopState state = reflect(verify(generate(verified(USUAL, "critic"), "5"), false), unreadable("critic"));

        assertThat(state.next()).isEqualTo(new Correct());
        assertThat(state.attempts().getFirst().verdict().reasons())
                .containsExactly("v0: fails", "critic could not be read: no verdict in it");
        assertThat(state.attempts().getFirst().score()).isZero();
    }

    @Test
    void aRevisionWithoutAnIssueIsStillAReason() {
        LoopState state = reflect(generate(unverified(USUAL, "critic"), "a poem"), revise("critic", 0.2));

        assertThat(state.attempts().getFirst().verdict().reasons())
                .containsExactly("critic asks for a revision and names no issue");
    }

    // --- stop rules

    @Test
    void itStopsAfterItsRounds() {
        LoopState end = corrections(verified(rounds(2)), 2);

        assertStopped(end, StopReason.ROUNDS);
        assertThat(end.stop().detail()).isEqualTo("2 of 2 corrections made");
        assertThat(end.outcome().attempts()).hasSize(3);
    }

    @Test
    void withoutRoundsTheFirstDraftIsTheAnswerAndNoCriticIsAsked() {
        LoopState end = verify(generate(verified(rounds(0), "critic"), "5"), false);

        assertStopped(end, StopReason.ROUNDS);
        assertThat(end.outcome().answer()).contains("5");
    }

    @Test
    void itStopsWhenCorrectionsMakeNothingBetter() {
        Policy policy = Policy.of(Rounds.of(9), NoProgress.after(3));
        LoopState end = corrections(verified(policy), 3);

        assertStopped(end, StopReason.NO_PROGRESS);
        assertThat(end.stop().detail()).isEqualTo("The last 3 corrections made nothing better");
    }

    @Test
    void aBetterDraftRenewsThePatience() {
        Policy policy = Policy.of(Rounds.of(9), NoProgress.after(1));
        LoopState state = verify(generate(verified(policy), "0"), false, false);
        state = verify(correct(state, "1"), true, false);
        assertThat(state.next()).isEqualTo(new Correct());
        assertStopped(verify(correct(state, "2"), true, false), StopReason.NO_PROGRESS);
    }

    @Test
    void anUnchangedAnswerEndsItWhateverItsSpacing() {
        LoopState state = verify(generate(verified(USUAL), "x = 4"), false);
        LoopState end = correct(state, "  x  =\n4 ");

        assertStopped(end, StopReason.NO_PROGRESS);
        assertThat(end.stop().detail()).isEqualTo("Correction 1 gives the same answer as draft 0");
        assertThat(end.outcome().attempts().getLast().verdict().reasons())
                .as("with what the same answer failed before")
                .containsExactly("The same answer as draft 0", "v0: fails");
    }

    @Test
    void canonicallyEqualTextIsTheSameAnswer() {
        LoopState state = verify(generate(verified(USUAL), "caf\u00e9"), false);

        assertStopped(correct(state, "cafe\u0301"), StopReason.NO_PROGRESS);
    }

    @Test
    void aReturnToAnEarlierAnswerEndsIt() {
        LoopState state = verify(generate(verified(rounds(5)), "a"), false);
        state = verify(correct(state, "b"), false);
        LoopState end = correct(state, "a");

        assertStopped(end, StopReason.OSCILLATION);
        assertThat(end.outcome().answer()).contains("a");
    }

    @Test
    void itStopsBeforeACallThatTheBudgetOfCallsForbids() {
        LoopState end = verify(generate(verified(budget(Budget.ofCalls(1)), "critic"), "5"), false);

        assertStopped(end, StopReason.BUDGET);
        assertThat(end.stop().detail()).isEqualTo("1 of 1 calls made");
        assertThat(end.outcome().best().verdict().reasons()).containsExactly("v0: fails");
    }

    @Test
    void itStopsOnTokensAndOnMoney() {
        LoopState byTokens = verify(generate(verified(budget(Budget.ofTokens(15))), "5"), false);
        assertStopped(byTokens, StopReason.BUDGET);
        assertThat(byTokens.stop().detail()).isEqualTo("15 of 15 tokens used");

        LoopState byMoney = verify(generate(verified(budget(Budget.ofMoney(new BigDecimal("0.02")))), "5"), false);
        assertStopped(byMoney, StopReason.BUDGET);
        assertThat(byMoney.stop().detail()).isEqualTo("0.02 of 0.02 spent");
    }

    @Test
    void aDraftThatIsRightOnTheLastCallOfTheBudgetIsAccepted() {
        assertStopped(verify(generate(verified(budget(Budget.ofCalls(1))), "4"), true), StopReason.ACCEPTED);
    }

    @Test
    void whatIsKnownAgainstADraftIsItsVerdictWhenTheBudgetEndsBetweenCritics() {
        LoopState state = generate(unverified(budget(Budget.ofCalls(2)), "one", "two"), "a poem");
        LoopState end = reflect(state, revise("one", 0.2, "too long"));

        assertStopped(end, StopReason.BUDGET);
        assertThat(end.outcome().best().verdict()).isEqualTo(new Verdict(false, List.of("one: too long")));
    }

    @Test
    void aDeadlineEndsItWithTheBestSoFar() {
        LoopState state = verify(generate(verified(USUAL), "5"), false);
        LoopState end = state.apply(new Expired(Samples.NOON));

        assertStopped(end, StopReason.DEADLINE);
        assertThat(end.outcome().answer()).contains("5");
        assertThat(end.stop().detail()).contains("2030-01-01T12:10:00Z");
    }

    @Test
    void theEarlierOfDeadlineAndTimeoutCounts() {
        assertThat(withDeadline(Samples.NOON.plusSeconds(5)).deadline()).isEqualTo(Samples.NOON.plusSeconds(5));
        assertThat(withDeadline(Samples.NOON.plusSeconds(9999)).deadline()).isEqualTo(Samples.NOON.plusSeconds(600));
    }

    @Test
    void aTimeoutWithoutEndIsNoError() {
        Policy policy = Policy.of(Timeout.of(Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(verified(policy).deadline()).isEqualTo(Instant.MAX);
    }

    @Test
    void aCancelEndsItBeforeTheFirstDraftToo() {
        LoopState end = verified(USUAL).apply(new Cancelled("ann"));

        assertStopped(end, StopReason.CANCELLED);
        assertThat(end.stop().detail()).isEqualTo("Cancelled by ann");
        assertThat(end.outcome().best()).isNull();
        assertThat(end.outcome().answer()).isEmpty();
    }

    @Test
    void aFailedCorrectionKeepsWhatThereIs() {
        LoopState state = verify(generate(verified(USUAL), "5"), false);
        LoopState end = state.apply(new Failed("Model 'm' gave no answer: 503"));

        assertStopped(end, StopReason.FAILED);
        assertThat(end.stop().detail()).isEqualTo("Model 'm' gave no answer: 503");
        assertThat(end.outcome().answer()).contains("5");
    }

    // --- the best, and the regression guard

    @Test
    void theAnswerIsTheBestAndNotTheLast() {
        LoopState state = verify(generate(verified(rounds(2)), "0"), false, false);
        state = verify(correct(state, "1"), true, false);
        LoopState end = verify(correct(state, "2"), false, true);

        assertThat(end.outcome().answer()).contains("1");
    }

    @Test
    void ofEqualChecksTheScoreDecidesAndOfEqualScoresTheEarlier() {
        Policy policy = Policy.of(Rounds.of(3), NoProgress.after(3));
        LoopState state = reflect(generate(unverified(policy, "critic"), "a"), revise("critic", 0.3, "dull"));
        state = reflect(correct(state, "b"), revise("critic", 0.6, "dull"));
        state = reflect(correct(state, "c"), revise("critic", 0.6, "dull"));
        LoopState end = reflect(correct(state, "d"), revise("critic", 0.1, "dull"));

        assertStopped(end, StopReason.ROUNDS);
        assertThat(end.outcome().answer()).contains("b");
    }

    @Test
    void aCorrectionThatBreaksAPassedCheckIsSetAside() {
        LoopState state = verify(generate(verified(rounds(3), "critic"), "a"), true, false, false);
        state = reflect(state, revise("critic", 0, "see v1"));
        state = verify(correct(state, "b"), false, true, true);

        assertThat(state.attempts().getLast().adopted()).isFalse();
        assertThat(state.base().draft().output()).isEqualTo("a");
        assertThat(state.best().orElseThrow().draft().output())
                .as("set aside is set aside")
                .isEqualTo("a");
        assertThat(state.next()).as("no critic is asked about it").isEqualTo(new Correct());
        assertThat(state.attempts().getLast().verdict().accepted()).isFalse();
    }

    @Test
    void withoutTheGuardTheNumberOfPassedChecksDecides() {
        Policy policy = Policy.of(Rounds.of(3), new RegressionGuard(false));
        LoopState state = verify(generate(verified(policy), "a"), true, false, false);
        state = verify(correct(state, "b"), false, true, true);

        assertThat(state.base().draft().output()).isEqualTo("b");
        assertThat(state.best().orElseThrow().draft().output()).isEqualTo("b");
    }

    // --- the state machine's contract

    @Test
    void aResultThatAnswersNothingIsRefused() {
        LoopState state = verified(USUAL);

        assertThat(state.next()).isEqualTo(new Generate());
        assertThatThrownBy(() -> state.apply(new Verified(List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for Generate")
                .hasMessageContaining("Verified");
    }

    @Test
    void afterTheEndNoResultFits() {
        LoopState end = verified(USUAL).apply(new Cancelled("ann"));

        assertThat(end.next()).isEqualTo(new Finish());
        assertThatThrownBy(() -> end.apply(new Cancelled("bob")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void thereIsNoOutcomeBeforeTheEnd() {
        assertThatThrownBy(() -> verified(USUAL).outcome())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("goes on");
    }

    @Test
    void usageIsToldByRoleAndByModel() {
        LoopState state = verify(generate(verified(USUAL, "critic"), "5"), false);
        state = verify(correct(reflect(state, revise("critic", 0, "wrong")), "4"), true);
        Outcome outcome = state.outcome();

        assertThat(outcome.usage().calls()).isEqualTo(3);
        assertThat(outcome.usage().cost()).isEqualByComparingTo("0.06");
        assertThat(outcome.usageByRole().keySet()).containsExactlyInAnyOrder(Role.GENERATE, Role.REFLECT, Role.CORRECT);
        assertThat(outcome.usageByModel()).containsOnlyKeys("maker", "judge");
        assertThat(outcome.usageByModel().get("maker").tokens()).isEqualTo(30);
    }
}
