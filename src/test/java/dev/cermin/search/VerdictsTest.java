package dev.cermin.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.search.Statistics.Flips;
import dev.cermin.search.Statistics.Round;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    @Test
    void whatIsRightStaysRightInLaterRounds() {
        Verdicts verdicts = new Verdicts(Map.of("drf0", 6L, "dwcrf1", 3L, "dwcwcwf0", 1L));
        assertThat(verdicts.rounds())
                .containsExactly(new Round(0, 10, 10, 6), new Round(1, 4, 10, 9), new Round(2, 1, 10, 9));
        assertThat(verdicts.flips()).isEqualTo(new Flips(10, 6, 9, 3, 0));
    }

    @Test
    void aRightFirstDraftWhoseCorrectionIsTheAnswerMayBeLost() {
        assertThat(new Verdicts(Map.of("drcwf1", 2L)).flips()).isEqualTo(new Flips(2, 2, 0, 0, 2));
    }

    @Test
    void whatNoVerifierDecidedCountsAsReachedAlone() {
        Verdicts verdicts = new Verdicts(Map.of("dcf1", 5L, "", 2L, "d", 1L, "dddrf0", 1L));
        assertThat(verdicts.rounds()).containsExactly(new Round(0, 7, 1, 1), new Round(1, 5, 1, 1));
        assertThat(verdicts.flips()).isEqualTo(new Flips(0, 0, 0, 0, 0));
    }
}
