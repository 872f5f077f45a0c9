package dev.cermin.dispatch;

import java.time.Duration;
import java.util.Locale;

/** Times and failures in notes. */
final class Words {
    private static final int MAX_MESSAGE = 300;

    private Words() {}

    static String time(long nanos) {
        return nanos < 1_000_000_000 ? nanos / 1_000_000 + " ms" : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    static String time(Duration duration) {
        return time(duration.toNanos());
    }

    static String message(Throwable thrown) {
        String message = thrown.getMessage();
        String text = message == null || message.isBlank() ? thrown.getClass().getName() : message.strip();
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + " …";
    }

    static String of(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
