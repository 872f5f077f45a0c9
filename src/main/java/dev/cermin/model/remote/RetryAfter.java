package dev.cermin.model.remote;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of that name (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
    /** Longer ones are mistakes, or a way to say never; some don't even fit into a long of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,12}");

    private RetryAfter() {}

    /** The same, but by OpenAI's and Azure's own header where it is there, which counts in milliseconds. */
    static @Nullable Duration of(Function<String, @Nullable String> headers, Clock clock) {
        String millis = headers.apply("retry-after-ms");
        return millis != null && MILLIS.matcher(millis.strip()).matches()
                ? bounded(Duration.ofMillis(Long.parseLong(millis.strip())))
                : read(headers.apply("retry-after"), clock);
    }

    /** Null where there is none, or none that can be read; a date that has passed is no wait at all; a day at most. */
    static @Nullable Duration read(@Nullable String header, Clock clock) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.strip();
        try {
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return bounded(Duration.ofSeconds(Long.parseLong(value)));
            }
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(clock.instant(), date));
        } catch (DateTimeException | NumberFormatException e) {
            // what can't be read says nothing
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
