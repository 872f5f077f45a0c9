package dev.cermin.verify.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The times of two programs at one workload. Not thread-safe. */
final class Race {
    private static final int SHOWN = 200;

    private final List<Long> theirs = new ArrayList<>();
    private final List<Long> ours = new ArrayList<>();

    /**
     * Adds a round.
     *
     * @param their the reference's time in nanoseconds, then what came out, as a digest and as text, a line each;
     *     {@code our} likewise
     * @return in what the results differ; empty where they don't
     */
    Optional<String> round(String their, String our) {
        String[] expected = their.split("\n", 3);
        String[] found = our.split("\n", 3);
        if (!expected[1].equals(found[1])) {
            return Optional.of("The workload comes to %s, and with the reference to %s"
                    .formatted(brief(found[2]), brief(expected[2])));
        }
        theirs.add(Math.max(1, Long.parseLong(expected[0])));
        ours.add(Math.max(1, Long.parseLong(found[0])));
        return Optional.empty();
    }

    /** How many times as fast. */
    double factor() {
        return (double) median(theirs) / median(ours);
    }

    String describe() {
        double factor = factor();
        String rounds = ours.size() == 1 ? "one round" : "medians of %d rounds".formatted(ours.size());
        return "%s%s times as fast: %s of CPU time, where the reference takes %s (%s)"
                .formatted(
                        factor < 1.05 ? "Not faster, " : "",
                        shown(factor),
                        millis(median(ours)),
                        millis(median(theirs)),
                        rounds);
    }

    static String shown(double factor) {
        return factor >= 100 || factor == Math.rint(factor)
                ? String.format(Locale.ROOT, "%.0f", factor)
                : String.format(Locale.ROOT, "%.1f", factor);
    }

    private static long median(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String millis(long nanos) {
        double millis = nanos / 1e6;
        return String.format(Locale.ROOT, millis < 0.1 ? "%.3f ms" : millis < 10 ? "%.2f ms" : "%.0f ms", millis);
    }

    private static String brief(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
