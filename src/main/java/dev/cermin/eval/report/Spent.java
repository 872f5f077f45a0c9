package dev.cermin.eval.report;

import dev.cermin.eval.After;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What answers took of models. What a failed item took isn't known, so it isn't in here.
 *
 * @param items those with an answer, which the figures are of
 * @param calls of models
 * @param tokensIn read by models
 * @param tokensOut written by models
 * @param cost by the models' prices
 * @param millis that models took
 * @param medianMillis an item's model time that half of them stay within
 * @param slowMillis an item's model time that 95 of 100 stay within
 * @param mean of an item
 */
public record Spent(
        int items,
        long calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        long millis,
        long medianMillis,
        long slowMillis,
        Mean mean) {

    /** Of one item; all 0 where none has an answer. */
    public record Mean(double calls, double tokens, BigDecimal cost, double millis) {}

    static Spent of(List<After> answers) {
        int items = answers.size();
        long calls = answers.stream().mapToLong(After::calls).sum();
        long in = answers.stream().mapToLong(After::tokensIn).sum();
        long out = answers.stream().mapToLong(After::tokensOut).sum();
        BigDecimal cost = answers.stream().map(After::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        long[] millis = answers.stream().mapToLong(After::millis).sorted().toArray();
        long total = answers.stream().mapToLong(After::millis).sum();
        double each = Math.max(1, items);
        return new Spent(
                items,
                calls,
                in,
                out,
                cost,
                total,
                rank(millis, 50),
                rank(millis, 95),
                new Mean(
                        calls / each,
                        (in + out) / each,
                        cost.divide(BigDecimal.valueOf(Math.max(1, items)), MathContext.DECIMAL32),
                        total / each));
    }

    public long tokens() {
        return tokensIn + tokensOut;
    }

    /** The nearest rank: a time that some item took. */
    private static long rank(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }
}
