package dev.cermin.tune.select;

import dev.cermin.tune.Decision;
import dev.cermin.tune.Decision.Stage;
import dev.cermin.tune.Scores;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is taken, by arXiv 2402.10110; by the ratios of perplexities. */
final class Rules {
    private Rules() {}

    /** The teacher's version, or pair, is taken where IFD rises: it is harder to follow, and not too hard. */
    static Decision instruction(Sides before, Sides after) {
        return compare(Stage.INSTRUCTION, "IFD", before, after, false);
    }

    /** The teacher's response is taken where r-IFD falls; a tie keeps the one that is there. */
    static Decision response(Sides before, Sides after) {
        return compare(Stage.RESPONSE, "r-IFD", before, after, true);
    }

    /** What is there stays, without a comparison. */
    static Decision kept(Stage stage, String why, @Nullable Double before) {
        return new Decision(stage, false, why, before, null);
    }

    private static Decision compare(Stage stage, String name, Sides before, Sides after, boolean falls) {
        Double old = before.ratio();
        Double own = after.ratio();
        if (old == null) {
            return kept(stage, "what is there is unscored: " + before.unscored(), null);
        }
        if (own == null) {
            return kept(stage, "the teacher's version is unscored: " + after.unscored(), old);
        }
        boolean taken = falls ? own < old : own > old;
        String how = own.equals(old)
                ? "stays at"
                : own > old ? "rises from %s to".formatted(shown(old)) : "falls from %s to".formatted(shown(old));
        return new Decision(stage, taken, "%s %s %s".formatted(name, how, shown(own)), old, own);
    }

    /**
     * Whether it is in the final set: both ratios under 1, and the response replaced by the second reflection. That is how
     * the paper's "reflected on" is read here; a response that came with a new instruction alone is not enough.
     */
    static Decision last(Scores scores, boolean responseTaken, @Nullable String unscored) {
        OptionalDouble ifd = scores.ifdPpl();
        OptionalDouble rifd = scores.rifdPpl();
        String against = null;
        if (unscored != null) {
            against = "unscored: " + unscored;
        } else if (!responseTaken) {
            against = "its response was not replaced by the second reflection";
        } else if (ifd.orElse(1) >= 1) {
            against = "IFD is %s, not under 1".formatted(shown(ifd.orElse(1)));
        } else if (rifd.orElse(1) >= 1) {
            against = "r-IFD is %s, not under 1".formatted(shown(rifd.orElse(1)));
        }
        String reason = against == null ? "IFD and r-IFD are under 1" : against;
        return new Decision(Stage.FINAL, against == null, reason, null, null);
    }

    private static String shown(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }
}
