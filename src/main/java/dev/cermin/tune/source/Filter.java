package dev.cermin.tune.source;

import dev.cermin.loop.StopReason;
import dev.cermin.tune.Sample;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which samples go in.
 *
 * @param agents whose traces; empty: of all
 * @param stops why their loops may have ended; empty: any, where the answer is right
 * @param correctionsOnly only answers that a correction made of a wrong draft
 * @param shortest characters of the answer at least
 * @param longest characters of instruction, input and answer at most
 */
public record Filter(Set<String> agents, Set<StopReason> stops, boolean correctionsOnly, int shortest, int longest) {
    /** Right answers of traces, first drafts among them; of files all. */
    public static final Filter DEFAULT = new Filter(Set.of(), Set.of(), false, 0, Integer.MAX_VALUE);

    public Filter {
        agents = Set.copyOf(agents);
        stops = Set.copyOf(stops);
        if (shortest < 0 || longest < shortest) {
            throw new IllegalArgumentException(
                    "Lengths are from %d to %d; the first is expected to be 0 or more, and not above the second"
                            .formatted(shortest, longest));
        }
    }

    /** Why a candidate stays out; null where it goes in. */
    @Nullable
    String refusal(Candidate candidate) {
        Traced traced = candidate.traced();
        String why = traced == null ? null : refusal(traced);
        return why == null ? refusal(candidate.sample()) : why;
    }

    private @Nullable String refusal(Traced traced) {
        if (!agents.isEmpty() && !agents.contains(traced.agent())) {
            return "it is of agent '%s'".formatted(traced.agent());
        }
        if (!stops.isEmpty() && !stops.contains(traced.stop())) {
            return "its loop ended by %s, not by %s"
                    .formatted(
                            label(traced.stop()),
                            stops.stream().map(Filter::label).sorted().toList());
        }
        if (stops.isEmpty() && !traced.right()) {
            return "nobody says that its answer is right: its loop ended by " + label(traced.stop());
        }
        return correctionsOnly && traced.correction() == null ? "its answer corrects no draft that was wrong" : null;
    }

    private @Nullable String refusal(Sample sample) {
        int answer = sample.output().length();
        if (answer < shortest) {
            return "its answer has %d characters, fewer than %d".formatted(answer, shortest);
        }
        int all = sample.instruction().length() + sample.input().length() + answer;
        return all > longest ? "it has %d characters, more than %d".formatted(all, longest) : null;
    }

    private static String label(StopReason stop) {
        return stop.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For telling one run from another. */
    @Override
    public String toString() {
        String length = longest == Integer.MAX_VALUE ? "" : " and at most " + longest;
        return "agents %s, stops %s, %s, at least %d%s characters"
                .formatted(
                        agents.stream().sorted().toList(),
                        stops.stream().map(Filter::label).sorted().toList(),
                        correctionsOnly ? "corrections only" : "right answers",
                        shortest,
                        length);
    }
}
