package dev.cermin.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as people write them. */
final class Sizes {
    static final long GIB = 1L << 30;
    static final long MIB = 1L << 20;

    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)([MGT]i?B?)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of(
            "M",
            MIB,
            "MI",
            MIB,
            "MIB",
            MIB,
            "MB",
            1_000_000L,
            "G",
            GIB,
            "GI",
            GIB,
            "GIB",
            GIB,
            "GB",
            1_000_000_000L,
            "TIB",
            1024 * GIB,
            "TB",
            1_000_000_000_000L);

    private Sizes() {}

    /** @param what it is the size of, for the message */
    static long parse(String given, String what) {
        Matcher matcher = SIZE.matcher(given.strip());
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toUpperCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new PlanException(
                    "'%s' is no size of %s; a number with MiB, GiB, TiB, MB, GB or TB is expected, such as 24GiB"
                            .formatted(given, what));
        }
        long bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.DOWN)
                .longValue();
        if (bytes == 0) {
            throw new PlanException("'%s' is nothing; more than 0 is expected for %s".formatted(given, what));
        }
        return bytes;
    }

    /** The same, and never less than it is: so much is enough. */
    static String gibOrMore(long bytes) {
        return gib(Math.ceilDiv(bytes * 10, GIB) * GIB / 10);
    }

    /** In GiB, with one decimal. */
    static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}
