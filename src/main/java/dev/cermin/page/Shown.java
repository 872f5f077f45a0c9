package dev.cermin.page;

import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Values as readers get them, the same in every locale; times are UTC. */
@TemplateExtension
final class Shown {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Shown() {}

    /** {@code 2030-01-01 12:00:00}. */
    static String when(Instant instant) {
        return SECONDS.format(instant);
    }

    /** For machines. */
    static String iso(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** {@code 12 ms}, {@code 1.25 s}, {@code 3 min 5 s}. */
    static String took(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1e3);
        }
        Duration duration = Duration.ofMillis(millis);
        return duration.toHours() > 0
                ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
                : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }

    /** {@code 12,345}. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String grouped(int count) {
        return grouped((long) count);
    }

    /** Without what says nothing: three digits that count. */
    static String money(BigDecimal cost) {
        return cost.signum() == 0
                ? "0"
                : cost.round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    /** {@code 0.85}. */
    static String twoDigits(double score) {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    /** {@code 84 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** {@code no progress} of {@code no_progress}. */
    static String spaced(String key) {
        return key.replace('_', ' ');
    }

    /** The first characters of a hash. */
    static String brief(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    /** A stored text in pieces. */
    static List<Span> spans(String text) {
        return Spans.of(text);
    }
}
