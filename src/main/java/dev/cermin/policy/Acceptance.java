package dev.cermin.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * When a draft is good enough. A failed verifier always means no; critics may only add to that.
 *
 * @param critics when critics are heard about a draft that no verifier fails; default {@link Critics#UNVERIFIED}
 * @param threshold the lowest score, in [0, 1], at which a critic's accept counts; default 0.9
 * @param merge how the views of several critics become one; default {@link Merge#ALL}
 * @param weights of critics by name for {@link Merge#WEIGHTED}, each more than 0; default 1
 */
public record Acceptance(Critics critics, double threshold, Merge merge, Map<String, Double> weights) implements Rule {
    public static final Acceptance DEFAULT = new Acceptance(Critics.UNVERIFIED, 0.9);

    public enum Critics {
        /** Only where the agent has no verifier: no reflection is spent on what is known to be right. */
        UNVERIFIED,
        /** Always, also when every verifier passes. */
        ALWAYS;

        /** As written in agent files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Merge {
        /** Every critic accepts; one that can't be read counts as a no. */
        ALL,
        /** More than half of those that could be read accept. */
        MAJORITY,
        /** The weighted mean score of those that could be read reaches the threshold. */
        WEIGHTED;

        /** As written in agent files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Acceptance {
        Objects.requireNonNull(critics, "critics");
        merge = merge == null ? Merge.ALL : merge;
        weights = weights == null ? Map.of() : Map.copyOf(weights);
        Ranges.require(threshold >= 0 && threshold <= 1, "threshold is in [0, 1], not " + threshold);
        weights.forEach((critic, weight) -> Ranges.require(
                weight > 0 && weight < Double.POSITIVE_INFINITY,
                "the weight of '%s' is more than 0, not %s".formatted(critic, weight)));
    }

    public Acceptance(Critics critics, double threshold) {
        this(critics, threshold, Merge.ALL, Map.of());
    }

    /** Critics decide from this score on, and only where the agent has no verifier. */
    public static Acceptance from(double threshold) {
        return new Acceptance(Critics.UNVERIFIED, threshold);
    }

    /** The same, with critics heard always. */
    public Acceptance always() {
        return new Acceptance(Critics.ALWAYS, threshold, merge, weights);
    }

    /** The same, with more than half of the critics enough. */
    public Acceptance byMajority() {
        return new Acceptance(critics, threshold, Merge.MAJORITY, weights);
    }

    /** The same, by the weighted mean score; critics that are not named weigh 1. */
    public Acceptance weighted(Map<String, Double> byCritic) {
        return new Acceptance(critics, threshold, Merge.WEIGHTED, byCritic);
    }

    public double weight(String critic) {
        return weights.getOrDefault(critic, 1.0);
    }
}
