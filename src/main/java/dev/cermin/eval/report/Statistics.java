package dev.cermin.eval.report;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/** The three figures that need more than counting. */
final class Statistics {
    private static final double ALPHA = 0.05;

    private Statistics() {}

    /** Wilson's score interval (1927), which holds for few items and for shares near 0 and 1; all of it for no items. */
    static Interval wilson(int right, int of) {
        if (of == 0) {
            return new Interval(0, 1);
        }
        var interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(of, right, ALPHA);
        double share = (double) right / of;
        // at the ends rounding may leave the share itself out by 1e-17
        return new Interval(
                Math.max(0, Math.min(interval.getLowerBound(), share)),
                Math.min(1, Math.max(interval.getUpperBound(), share)));
    }

    /** McNemar's test, exact and two-sided: the p-value of so many flips one way and the other; 1 without any. */
    static double mcnemar(int gained, int lost) {
        if (gained + lost == 0) {
            return 1;
        }
        // the library's own two-sided test takes in too much or too little where rounding breaks the tie of the tails
        double tail = BinomialTest.withDefaults()
                .with(AlternativeHypothesis.LESS_THAN)
                .test(gained + lost, Math.min(gained, lost), 0.5)
                .getPValue();
        return Math.min(1, 2 * tail);
    }

    /**
     * The interval of a difference between paired shares: method 10 of Newcombe, "Improved confidence intervals for the
     * difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998), 2635.
     */
    static Interval difference(int bothRight, int gained, int lost, int bothWrong) {
        int n = bothRight + gained + lost + bothWrong;
        if (n == 0) {
            return new Interval(-1, 1);
        }
        int right = bothRight + gained;
        int rightBefore = bothRight + lost;
        double share = (double) right / n;
        double before = (double) rightBefore / n;
        Interval of = wilson(right, n);
        Interval ofBefore = wilson(rightBefore, n);
        double phi = correlation(bothRight, gained, lost, bothWrong);
        double difference = (double) (gained - lost) / n;
        return new Interval(
                Math.max(-1, difference - side(share - of.low(), ofBefore.high() - before, phi)),
                Math.min(1, difference + side(of.high() - share, before - ofBefore.low(), phi)));
    }

    private static double side(double one, double other, double phi) {
        return Math.sqrt(Math.max(0, one * one - 2 * phi * one * other + other * other));
    }

    private static double correlation(double bothRight, double gained, double lost, double bothWrong) {
        double margins = (bothRight + lost) * (gained + bothWrong) * (bothRight + gained) * (lost + bothWrong);
        if (margins == 0) {
            return 0;
        }
        double halfAll = (bothRight + gained + lost + bothWrong) / 2;
        double cross = bothRight * bothWrong - gained * lost;
        return (cross > 0 ? Math.max(cross - halfAll, 0) : cross) / Math.sqrt(margins);
    }
}
