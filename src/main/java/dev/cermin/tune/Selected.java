package dev.cermin.tune;

import java.util.List;

/**
 * A sample as the selection left it.
 *
 * @param original as it came in
 * @param sample as it is now
 * @param scores of what it is now
 * @param decisions in their order; the last says whether it is in the final set
 */
public record Selected(Sample original, Sample sample, Scores scores, List<Decision> decisions) {
    public Selected {
        decisions = List.copyOf(decisions);
    }

    /** Whether it is in the final set. */
    public boolean kept() {
        return !decisions.isEmpty()
                && decisions.getLast().stage() == Decision.Stage.FINAL
                && decisions.getLast().taken();
    }
}
