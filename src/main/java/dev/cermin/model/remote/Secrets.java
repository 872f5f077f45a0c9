package dev.cermin.model.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What no message may show, as it is, as a URL writes it, and on one line. Thread-safe. */
final class Secrets {
    private static final String HIDDEN = "***";

    private final List<String> values;

    Secrets(Collection<String> values) {
        // shorter ones are no secrets, and would tear words apart
        this.values = values.stream()
                .filter(value -> value.length() >= 4)
                .flatMap(value -> Stream.of(
                        value, URLEncoder.encode(value, StandardCharsets.UTF_8), value.replaceAll("\\s+", " ")))
                .distinct()
                // one may begin with another, whose rest would else be left
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String hide(String text) {
        String shown = text;
        for (String value : values) {
            shown = shown.replace(value, HIDDEN);
        }
        return shown;
    }

    /** The same, or, where it or one behind it shows a secret, one that tells the same without. */
    Throwable hide(Throwable failure) {
        return shows(failure, new HashSet<>()) ? new HiddenException(hide(failure.toString()), failure) : failure;
    }

    private boolean shows(Throwable failure, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        return values.stream().anyMatch(text::contains)
                || (failure.getCause() != null && shows(failure.getCause(), seen))
                || Stream.of(failure.getSuppressed()).anyMatch(suppressed -> shows(suppressed, seen));
    }

    /** Stands for a failure whose message showed a secret. */
    private static final class HiddenException extends RuntimeException {
        HiddenException(String message, Throwable failure) {
            super(message);
            setStackTrace(failure.getStackTrace());
        }
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
