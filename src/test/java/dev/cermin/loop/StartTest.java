package dev.cermin.loop;

import static dev.cermin.loop.LoopWords.accept;
import static dev.cermin.loop.LoopWords.assertStopped;
import static dev.cermin.loop.LoopWords.correct;
import static dev.cermin.loop.LoopWords.generate;
import static dev.cermin.loop.LoopWords.reflect;
import static dev.cermin.loop.LoopWords.revise;
import static dev.cermin.loop.LoopWords.unverified;
import static dev.cermin.loop.LoopWords.verified;
import static dev.cermin.loop.LoopWords.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Start;
import org.junit.jupiter.api.Test;

/** Several first drafts: the best of them, or what most of them say. */
class StartTest {
    private static final Policy BEST_OF_3 = Policy.of(Start.bestOf(3));
    private static final Policy VOTE_OF_3 = Policy.of(Start.selfConsistency(3));

    @Test
    void theFirstSampleThatIsAcceptedEndsIt() {
        LoopState state = verify(generate(verified(BEST_OF_3, "critic"), "5"), false);
        assertThat(state.next()).as("another sample before any critic").isEqualTo(new Generate());
        state = verify(generate(state, "4"), true);

        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().answer()).contains("4");
        assertThat(state.outcome().usage().calls()).isEqualTo(2);
    }

    @Test
    void theSampleThatPassesMostIsReflectedOnAndCorrected() {
        LoopState state = verify(generate(verified(BEST_OF_3, "critic"), "a"), false, false);
        state = verify(generate(state, "b"), true, false);
        state = verify(generate(state, "c"), false, false);

        assertThat(state.next()).isEqualTo(new Reflect("critic"));
        assertThat(state.focused().draft().output()).isEqualTo("b");
        state = reflect(state, revise("critic", 0.2, "not quite"));
        assertThat(state.next()).isEqualTo(new Correct());
        assertThat(state.base().draft().output()).isEqualTo("b");
        state = verify(correct(state, "d"), true, true);

        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().best().round()).isEqualTo(1);
        assertThat(state.outcome().attempts()).extracting(Attempt::round).containsExactly(0, 0, 0, 1);
    }

    @Test
    void withoutVerifiersEverySampleIsJudged() {
        LoopState state = reflect(generate(unverified(BEST_OF_3, "critic"), "a"), revise("critic", 0.3, "dull"));
        state = reflect(generate(state, "b"), revise("critic", 0.7, "long"));
        state = reflect(generate(state, "c"), revise("critic", 0.1, "rude"));

        assertThat(state.next()).isEqualTo(new Correct());
        assertThat(state.base().draft().output()).isEqualTo("b");
    }

    @Test
    void aSampleThatRepeatsAnotherCostsNoJudgement() {
        LoopState state = reflect(generate(unverified(BEST_OF_3, "critic"), "a"), revise("critic", 0.3, "dull"));
        state = generate(state, " a ");

        assertThat(state.next()).isEqualTo(new Generate());
        assertThat(state.attempts().get(1).verdict())
                .isEqualTo(state.attempts().get(0).verdict());
    }

    @Test
    void mostVotesWinAndOnlyThatAnswerIsVerified() {
        LoopState state = generate(generate(verified(VOTE_OF_3), "5"), "4");
        assertThat(state.next()).isEqualTo(new Generate());
        state = generate(state, "4");

        assertThat(state.next()).isEqualTo(new Verify());
        assertThat(state.focused().draft().output()).isEqualTo("4");
        state = verify(state, true);
        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().answer()).contains("4");
        assertThat(state.outcome().attempts().getFirst().checks()).isNull();
    }

    @Test
    void drawingEndsOnceNoOtherAnswerCanCatchUp() {
        LoopState state = generate(generate(unverified(VOTE_OF_3), "4"), "4\n");

        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().best().verdict().reasons()).containsExactly("2 of 2 drafts agree");
    }

    @Test
    void ofEqualVotesTheEarlierAnswerWins() {
        LoopState state = generate(generate(generate(unverified(VOTE_OF_3), "1"), "2"), "3");

        assertStopped(state, StopReason.ACCEPTED);
        assertThat(state.outcome().answer()).contains("1");
    }

    @Test
    void aBudgetEndsTheDrawingWithTheLeadingAnswer() {
        Policy policy = Policy.of(Start.selfConsistency(9), Budget.ofCalls(4));
        LoopState state = verified(policy);
        for (String said : new String[] {"1", "2", "2", "3"}) {
            state = generate(state, said);
        }

        assertStopped(state, StopReason.BUDGET);
        assertThat(state.outcome().answer()).contains("2");
    }

    @Test
    void aCorrectionToASampleThatWasOnlyCountedIsVerifiedAndNoRepeat() {
        LoopState state = generate(generate(generate(verified(VOTE_OF_3), "5"), "4"), "6");
        state = verify(state, false);
        state = correct(state, "4");

        assertThat(state.next()).isEqualTo(new Verify());
        assertStopped(verify(state, true), StopReason.ACCEPTED);
    }

    @Test
    void theVotedAnswerIsCorrectedLikeAnyOther() {
        LoopState state = generate(generate(verified(VOTE_OF_3, "critic"), "5"), "5");
        state = verify(state, false);
        assertThat(state.next()).isEqualTo(new Reflect("critic"));
        state = reflect(state, accept("critic", 1));
        assertThat(state.next()).isEqualTo(new Correct());

        assertStopped(verify(correct(state, "4"), true), StopReason.ACCEPTED);
    }
}
