package dev.cermin.policy;

import java.util.Locale;
import java.util.Objects;

/**
 * When a draft is good enough. A failed verifier always means no; critics may only add to that.
 *
 * @param critics when critics are heard about a draft that no verifier fails; default {@link Critics#UNVERIFIED}
 * @param threshold the lowest score, in [0, 1], at which a critic's accept counts; default 0.9
 */
public record Acceptance(Critics critics, double threshold) {
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

    public Acceptance {
        Objects.requireNonNull(critics, "critics");
        Ranges.require(threshold >= 0 && threshold <= 1, "threshold is in [0, 1], not " + threshold);
    }
}
