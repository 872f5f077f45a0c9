package dev.cermin.loop;

import static dev.cermin.loop.LoopWords.assertStopped;
import static dev.cermin.loop.LoopWords.correct;
import static dev.cermin.loop.LoopWords.generate;
import static dev.cermin.loop.LoopWords.reflect;
import static dev.cermin.loop.LoopWords.revise;
import static dev.cermin.loop.LoopWords.unverified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.policy.Acceptance;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several drafts is the best where doubles would have it one way and readers of the scores another. */
class RankingTest {
    private static final Policy POLICY = Policy.of(Rounds.of(9), NoProgress.after(9), FallingScore.after(1));

    @Test
    void theSameScoresInAnotherOrderAreATieAndTheFirstDraftWins() {
        // a sum of 0.6 one way round, and of 0.6000000000000001 the other
        LoopState rising = panel(panel(start(POLICY), 0.3, 0.2, 0.1), "second", 0.1, 0.2, 0.3);
        LoopState falling = panel(panel(start(POLICY), 0.1, 0.2, 0.3), "second", 0.3, 0.2, 0.1);

        assertThat(rising.best().orElseThrow().round()).isZero();
        assertThat(falling.best().orElseThrow().round()).isZero();
    }

    @Test
    void theSameScoresInAnotherOrderAreNoFall() {
        LoopState state = panel(panel(start(POLICY), 0.1, 0.2, 0.3), "second", 0.3, 0.2, 0.1);

        assertThat(state.finished()).isFalse();
        assertStopped(panel(state, "third", 0.3, 0.2, 0.09), StopReason.NO_PROGRESS);
    }

    @Test
    void aHigherScoreWinsByHoweverLittleCriticsWrite() {
        LoopState state = panel(panel(start(POLICY), 0.3, 0.2, 0.1), "second", 0.3, 0.2, 0.100_001);

        assertThat(state.best().orElseThrow().round()).isOne();
    }

    @Test
    void aPanelThatGivesTheThresholdReachesIt() {
        // three times 0.7 add up to 2.0999999999999996
        Policy policy = Policy.of(Acceptance.from(0.7).weighted(Map.of()));

        assertStopped(panel(start(policy), 0.7, 0.7, 0.7), StopReason.ACCEPTED);
    }

    private static LoopState start(Policy policy) {
        return generate(unverified(policy, "a", "b", "c"), "first");
    }

    private static LoopState panel(LoopState state, String correction, double... scores) {
        return panel(correct(state, correction), scores);
    }

    private static LoopState panel(LoopState state, double... scores) {
        LoopState heard = state;
        for (int i = 0; i < scores.length; i++) {
            heard = reflect(heard, revise(String.valueOf("abc".charAt(i)), scores[i], "dull"));
        }
        return heard;
    }
}
