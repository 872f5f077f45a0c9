package dev.cermin.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void wilsonOfEightInTen() {
        // (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = 0.8, n = 10, z = 1.959964
        assertThat(Statistics.wilson(8, 10).low()).isCloseTo(0.490162, within(1e-6));
        assertThat(Statistics.wilson(8, 10).high()).isCloseTo(0.943318, within(1e-6));
    }

    @Test
    void wilsonKnowsNothingOfNoItems() {
        assertThat(Statistics.wilson(0, 0)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void mcnemarOfTenAndTwoFlips() {
        // 2 (1 + 12 + 66) / 4096
        assertThat(Statistics.mcnemar(10, 2)).isCloseTo(158 / 4096.0, within(1e-12));
    }

    @Test
    void mcnemarOfNoFlipsIsOne() {
        assertThat(Statistics.mcnemar(0, 0)).isOne();
    }

    @Test
    void differencesOfPublishedExamples() {
        // Newcombe's own (1998), and Altman's in "Statistics with Confidence" (2000), table 6.2
        assertClose(Statistics.difference(36, 12, 2, 0), 0.0569, 0.3404);
        assertClose(Statistics.difference(14, 5, 0, 22), 0.0115, 0.2265);
    }

    private static void assertClose(Interval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Property
    void wilsonContainsTheShare(
            @ForAll @IntRange(min = 1, max = 20_000) int of, @ForAll @IntRange(max = 20_000) int n) {
        int right = n % (of + 1);
        Interval interval = Statistics.wilson(right, of);
        assertThat((double) right / of).isBetween(interval.low(), interval.high());
        assertThat(interval.low()).isNotNegative();
        assertThat(interval.high()).isLessThanOrEqualTo(1);
    }

    @Property
    void mcnemarIsTheExactBinomialTail(@ForAll @IntRange(max = 150) int gained, @ForAll @IntRange(max = 150) int lost) {
        BigInteger choose = BigInteger.ONE;
        BigInteger sum = BigInteger.ZERO;
        int flips = gained + lost;
        for (int k = 0; k <= Math.min(gained, lost); k++) {
            sum = sum.add(choose);
            choose = choose.multiply(BigInteger.valueOf(flips - k)).divide(BigInteger.valueOf(k + 1));
        }
        double tails = new BigDecimal(sum.shiftLeft(1))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(flips)), MathContext.DECIMAL64)
                .doubleValue();
        assertThat(Statistics.mcnemar(gained, lost))
                .isBetween(0.0, 1.0)
                .isCloseTo(Math.min(1, tails), within(1e-9))
                .isEqualTo(Statistics.mcnemar(lost, gained));
    }

    @Property
    void differenceIsWithinItsInterval(
            @ForAll @IntRange(max = 300) int bothRight,
            @ForAll @IntRange(max = 300) int gained,
            @ForAll @IntRange(max = 300) int lost,
            @ForAll @IntRange(max = 300) int bothWrong) {
        Interval interval = Statistics.difference(bothRight, gained, lost, bothWrong);
        Interval back = Statistics.difference(bothRight, lost, gained, bothWrong);
        double difference = (double) (gained - lost) / Math.max(1, bothRight + gained + lost + bothWrong);
        assertThat(difference).isBetween(interval.low(), interval.high());
        assertThat(interval.low()).isBetween(-1.0, 1.0).isCloseTo(-back.high(), within(1e-12));
        assertThat(interval.high()).isBetween(-1.0, 1.0).isCloseTo(-back.low(), within(1e-12));
    }
}
