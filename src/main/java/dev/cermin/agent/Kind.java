package dev.cermin.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a single value of a file stands for.
 *
 * @param expected in words
 * @param names those there are to choose from; empty where there is no such choice
 * @param parse throws an IllegalArgumentException, or what the JDK's parsers throw, for any other text
 */
record Kind<T>(String expected, List<String> names, Function<String, T> parse) {
    // narrower than what the JDK takes: no 1f, no 0x1p3, no NaN
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]{1,3})?");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");
    /** A century: what is longer runs out of the calendar. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    static final Kind<Long> ANY_WHOLE = of("a whole number", Long::parseLong);
    static final Kind<Long> COUNT = of("a whole number from 1", text -> in(Long.parseLong(text), 1, Long.MAX_VALUE));
    static final Kind<Double> SHARE = of("a number above 0, up to 1", text -> decimal(text, Double.MIN_VALUE, 1));
    static final Kind<Double> WEIGHT =
            of("a number above 0", text -> decimal(text, Double.MIN_VALUE, Double.MAX_VALUE));
    static final Kind<BigDecimal> AMOUNT_ABOVE_0 = of("an amount above 0", Kind::amount);
    /** {@code 30s}, {@code 10m}, {@code 2h}, or ISO-8601 such as {@code PT30S}, as Quarkus reads durations. */
    static final Kind<Duration> DURATION = of("a duration such as 30s, 10m or 2h", Kind::duration);

    static final Kind<Boolean> TRUTH = new Kind<>("true or false", List.of("true", "false"), text -> {
        require(text.equals("true") || text.equals("false"));
        return Boolean.valueOf(text);
    });

    private static <T> Kind<T> of(String expected, Function<String, T> parse) {
        return new Kind<>(expected, List.of(), parse);
    }

    static Kind<Integer> whole(int least) {
        return of(
                "a whole number from " + least,
                text -> Math.toIntExact(in(Integer.parseInt(text), least, Integer.MAX_VALUE)));
    }

    static Kind<Double> number(int least, int most) {
        return of("a number from %d to %d".formatted(least, most), text -> decimal(text, least, most));
    }

    /** The constants of an enum in kebab-case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return new Kind<>("one of " + names, names, text -> {
            require(names.contains(text));
            return type.getEnumConstants()[names.indexOf(text)];
        });
    }

    private static long in(long number, long least, long most) {
        require(number >= least && number <= most);
        return number;
    }

    private static double decimal(String text, double least, double most) {
        require(DECIMAL.matcher(text).matches());
        double number = Double.parseDouble(text);
        require(number >= least && number <= most);
        return number;
    }

    private static BigDecimal amount(String text) {
        require(AMOUNT.matcher(text).matches());
        BigDecimal amount = new BigDecimal(text);
        require(amount.signum() > 0);
        return amount;
    }

    private static Duration duration(String text) {
        Duration duration =
                Duration.parse(text.startsWith("P") ? text : "PT" + text.strip().toUpperCase(Locale.ROOT));
        require(duration.isPositive() && duration.compareTo(LONGEST) <= 0);
        return duration;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not one of them");
        }
    }
}
