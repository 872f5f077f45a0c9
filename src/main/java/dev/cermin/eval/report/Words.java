package dev.cermin.eval.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as a reader gets them, the same in every locale. */
final class Words {
    private Words() {}

    /** {@code 84.0 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@code 84.0 % (78.3 to 88.4)}; a dash where nothing was counted. */
    static String percent(Accuracy accuracy) {
        if (accuracy.of() == 0) {
            return "-";
        }
        Interval interval = accuracy.interval();
        return "%s (%s to %s)".formatted(percent(accuracy.share()), points(interval.low()), points(interval.high()));
    }

    /** A share or a difference in points of a hundred: {@code 8.0}, {@code -2.5}. */
    static String points(double share) {
        // no "-0.0"
        return String.format(Locale.ROOT, "%.1f", Math.round(1000 * share) / 10.0);
    }

    /** With its sign: {@code +8.0}, {@code -2.5}, {@code 0.0}. */
    static String signed(double share) {
        String points = points(share);
        return Math.round(1000 * share) > 0 ? "+" + points : points;
    }

    static String p(double p) {
        if (p < 0.001) {
            return "p < 0.001";
        }
        return p == 1 ? "p = 1" : String.format(Locale.ROOT, "p = %.3g", p);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String count(double count) {
        return count < 10 ? String.format(Locale.ROOT, "%.1f", count) : String.format(Locale.ROOT, "%,.0f", count);
    }

    /** A value on an axis, as short as it is exact. */
    static String tick(double value) {
        return new BigDecimal(String.format(Locale.ROOT, "%.3f", value))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** At most so many characters, with an ellipsis where some are left out. */
    static String clip(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    static String seconds(long millis) {
        return seconds((double) millis);
    }

    static String seconds(double millis) {
        double seconds = millis / 1e3;
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : seconds < 100 ? "%.1f s" : "%,.0f s", seconds);
    }

    static String cost(BigDecimal cost) {
        return cost.signum() == 0 ? "0" : cost.stripTrailingZeros().toPlainString();
    }

    /** Of a mean, whose last digits say nothing. */
    static String about(BigDecimal cost) {
        return cost(cost.round(new MathContext(3)));
    }

    static String items(int items) {
        return items == 1 ? "1 item" : count(items) + " items";
    }

    static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
