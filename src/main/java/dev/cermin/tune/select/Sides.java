package dev.cermin.tune.select;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Scores;
import org.jspecify.annotations.Nullable;

/** The two sides of a ratio, as journals have them: of IFD those of the answer, of r-IFD those of the instruction. */
record Sides(Side given, Side alone) {
    static final Sides NOT_ASKED = new Sides(Side.none("it was not asked for"), Side.none("it was not asked for"));

    record Side(
            @Nullable Double meanNll,
            @Nullable Integer tokens,
            @Nullable String unscored) {
        static Side none(String reason) {
            return new Side(null, null, reason);
        }

        static Side of(Likelihood likelihood) {
            return switch (likelihood) {
                case Scored scored -> new Side(scored.meanNll(), scored.tokens(), null);
                case Unscored unscored -> none(unscored.reason());
            };
        }

        Likelihood likelihood() {
            return meanNll == null || tokens == null
                    ? new Unscored(String.valueOf(unscored))
                    : new Scored(meanNll, tokens);
        }
    }

    static Sides ifd(Scores scores) {
        return new Sides(Side.of(scores.answer()), Side.of(scores.answerAlone()));
    }

    static Sides rifd(Scores scores) {
        return new Sides(Side.of(scores.instruction()), Side.of(scores.instructionAlone()));
    }

    /** All four of a sample. */
    static Scores scores(Sides ifd, Sides rifd) {
        return new Scores(
                ifd.given().likelihood(),
                ifd.alone().likelihood(),
                rifd.given().likelihood(),
                rifd.alone().likelihood());
    }

    /** The ratio of perplexities; null where a side is unscored. */
    @Nullable
    Double ratio() {
        var ratio = scores(this, this).ifdPpl();
        return ratio.isPresent() ? ratio.getAsDouble() : null;
    }

    /** Why there is no ratio; null where there is one. */
    @Nullable
    String unscored() {
        return given.unscored() != null ? given.unscored() : alone.unscored();
    }
}
