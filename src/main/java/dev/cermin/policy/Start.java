package dev.cermin.policy;

import java.util.Locale;
import java.util.Objects;

/**
 * How a loop comes to the draft that it corrects.
 *
 * @param strategy default {@link Strategy#SINGLE}
 * @param samples first drafts at most, 1 or more; 1 for {@link Strategy#SINGLE}
 */
public record Start(Strategy strategy, int samples) implements Rule {
    public static final Start SINGLE = new Start(Strategy.SINGLE, 1);

    public enum Strategy {
        /** One first draft. */
        SINGLE,
        /** Several, each verified, or judged where there is no verifier; the first that is accepted, else the best. */
        BEST_OF,
        /**
         * Several, and the answer that most of them give (Wang et al. 2022, arXiv 2203.11171); only that one is
         * verified and judged. Drawing ends early once no other answer can catch up.
         */
        SELF_CONSISTENCY;

        /** As written in agent files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Start {
        Objects.requireNonNull(strategy, "strategy");
        Ranges.require(samples >= 1, "samples are 1 or more, not " + samples);
        Ranges.require(strategy != Strategy.SINGLE || samples == 1, "a single start has 1 sample, not " + samples);
    }

    public static Start bestOf(int samples) {
        return new Start(Strategy.BEST_OF, samples);
    }

    public static Start selfConsistency(int samples) {
        return new Start(Strategy.SELF_CONSISTENCY, samples);
    }
}
