package dev.cermin.search;

import dev.cermin.search.Statistics.Flips;
import dev.cermin.search.Statistics.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What verifiers found of drafts, over many traces. A trace is a text such as {@code dwcrf1}: {@code d} a first draft,
 * {@code c} a correction, {@code r} and {@code w} what verifiers found, right or wrong, {@code f} and a round the one whose
 * draft is the answer.
 */
final class Verdicts {
    /** Corrections after these are summed up with the last. */
    private static final int MOST_ROUNDS = 50;

    private final Map<String, Long> traces;

    /** @param traces how many there are of each kind */
    Verdicts(Map<String, Long> traces) {
        this.traces = traces;
    }

    /**
     * A kind of trace, read.
     *
     * @param first what was found of the first draft; null for nothing, as of the last
     * @param rounds what was found by the end of each round of the best draft so far
     */
    private record Kind(@Nullable Boolean first, @Nullable Boolean last, List<@Nullable Boolean> rounds) {
        static Kind of(String text) {
            List<@Nullable Boolean> own = new ArrayList<>();
            Boolean first = null;
            boolean firstDraft = true;
            int answer = -1;
            for (int i = 0; i < text.length(); i++) {
                switch (text.charAt(i)) {
                    case 'd' -> {
                        firstDraft = own.isEmpty();
                        if (firstDraft) {
                            own.add(null);
                        }
                    }
                    case 'c' -> {
                        firstDraft = false;
                        own.add(null);
                    }
                    case 'r', 'w' -> {
                        boolean right = text.charAt(i) == 'r';
                        if (firstDraft) {
                            first = right;
                        }
                        if (!own.isEmpty() && !Boolean.TRUE.equals(own.getLast())) {
                            own.set(own.size() - 1, right);
                        }
                    }
                    case 'f' -> {
                        answer = Integer.parseInt(text.substring(i + 1));
                        i = text.length();
                    }
                    default -> throw new IllegalStateException("Verdicts of a task are '" + text + "'");
                }
            }
            Boolean last = (answer >= 0 && answer < own.size()) ? own.get(answer) : null;
            return new Kind(first, last, standing(own));
        }

        /** A right draft stays the best one; else it is the latest about which something was found. */
        private static List<@Nullable Boolean> standing(List<@Nullable Boolean> own) {
            List<@Nullable Boolean> standing = new ArrayList<>();
            Boolean best = null;
            for (Boolean found : own) {
                best = (Boolean.TRUE.equals(best) || found == null) ? best : found;
                standing.add(best);
            }
            return standing;
        }
    }

    List<Round> rounds() {
        long[] reached = new long[MOST_ROUNDS];
        long[] decided = new long[MOST_ROUNDS];
        long[] right = new long[MOST_ROUNDS];
        int most = 0;
        for (Map.Entry<String, Long> entry : traces.entrySet()) {
            List<@Nullable Boolean> rounds = Kind.of(entry.getKey()).rounds();
            most = Math.max(most, Math.min(MOST_ROUNDS, rounds.size()));
            for (int i = 0; i < MOST_ROUNDS && !rounds.isEmpty(); i++) {
                Boolean found = rounds.get(Math.min(i, rounds.size() - 1));
                reached[i] += i < rounds.size() ? entry.getValue() : 0;
                decided[i] += found != null ? entry.getValue() : 0;
                right[i] += Boolean.TRUE.equals(found) ? entry.getValue() : 0;
            }
        }
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            all.add(new Round(i, reached[i], decided[i], right[i]));
        }
        return all;
    }

    Flips flips() {
        long decided = 0;
        long rightFirst = 0;
        long rightLast = 0;
        long wrongToRight = 0;
        long rightToWrong = 0;
        for (Map.Entry<String, Long> entry : traces.entrySet()) {
            Kind kind = Kind.of(entry.getKey());
            if (kind.first() != null && kind.last() != null) {
                long count = entry.getValue();
                decided += count;
                rightFirst += kind.first() ? count : 0;
                rightLast += kind.last() ? count : 0;
                wrongToRight += !kind.first() && kind.last() ? count : 0;
                rightToWrong += kind.first() && !kind.last() ? count : 0;
            }
        }
        return new Flips(decided, rightFirst, rightLast, wrongToRight, rightToWrong);
    }
}
