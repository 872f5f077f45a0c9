package dev.cermin.dispatch;

import java.time.Duration;
import java.util.Locale;

/** Times and failures in notes. */
final class Words {
    private static final int MAX_MESSAGE = 300;

    /** Of nanoseconds in a long. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Words() {}

    static String time(long nanos) {
        return nanos < 1_000_000_000 ? nanos / 1_000_000 + " ms" : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    static String time(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? time(LONGEST.toNanos()) : time(duration.toNanos());
    }

    /** Shortened; of a failure that shows no secret any more, since half of one can't be found. */
    static String message(Throwable thrown) {
        String text = whole(thrown);
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + " …";
    }

    static String whole(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getName() : message.strip();
    }

    static String of(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
