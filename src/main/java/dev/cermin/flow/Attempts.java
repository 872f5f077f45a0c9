package dev.cermin.flow;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How often a record was begun.
 *
 * @param number of the attempt that is made, from 1. A crash may repeat one, with the number it had
 * @param firstFailure since when it can't be done; null: nothing was in its way so far
 */
record Attempts(int number, @Nullable Instant firstFailure) {
    static final Attempts FIRST = new Attempts(1, null);

    // of a record that was sent to the end of its topic to wait there
    private static final String NUMBER = "cermin_attempt";
    private static final String FAILED = "cermin_first_failure";
    private static final String NOT_BEFORE = "cermin_not_before";

    static Attempts of(Headers headers) {
        Optional<Integer> number = text(headers, NUMBER).flatMap(Attempts::count);
        return number.isEmpty()
                ? FIRST
                : new Attempts(
                        number.get(),
                        text(headers, FAILED).flatMap(Attempts::time).orElse(null));
    }

    /** When a record that was sent to the end is to be begun; empty: at once. */
    static Optional<Instant> notBefore(Headers headers) {
        return text(headers, NOT_BEFORE).flatMap(Attempts::time);
    }

    /** The next one. */
    Attempts failedAt(Instant now) {
        return new Attempts(number + 1, firstFailure == null ? now : firstFailure);
    }

    /** The same one again: what it needs is known to be away. */
    Attempts heldAt(Instant now) {
        return firstFailure == null ? new Attempts(number, now) : this;
    }

    void write(Headers headers, Instant notBefore) {
        strip(headers);
        put(headers, NUMBER, String.valueOf(number));
        put(headers, NOT_BEFORE, notBefore.toString());
        if (firstFailure != null) {
            put(headers, FAILED, firstFailure.toString());
        }
    }

    static void strip(Headers headers) {
        headers.remove(NUMBER).remove(FAILED).remove(NOT_BEFORE);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static Optional<Integer> count(String text) {
        return text.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            // a producer's own; what it can't say is not waited for
            return Optional.empty();
        }
    }
}
