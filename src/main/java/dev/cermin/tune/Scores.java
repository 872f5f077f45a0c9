package dev.cermin.tune;

import dev.cermin.tune.Likelihood.Scored;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/**
 * What a student's likelihoods say of a sample, in both published forms: the ratio of perplexities (arXiv 2402.10110) and
 * the ratio of mean losses (Cherry LLM, arXiv 2308.12032). Empty where one of the two sides is unscored.
 *
 * @param answer behind its instruction
 * @param answerAlone without it
 * @param instruction behind its answer and the request to guess it
 * @param instructionAlone without them
 */
public record Scores(Likelihood answer, Likelihood answerAlone, Likelihood instruction, Likelihood instructionAlone) {
    /** How hard the instruction is to follow: above 1, it makes the answer less likely. */
    public OptionalDouble ifdPpl() {
        return of(answer, answerAlone, Scores::perplexities);
    }

    public OptionalDouble ifdLoss() {
        return of(answer, answerAlone, Scores::losses);
    }

    /** How well the instruction can be told from the answer: lower is better. */
    public OptionalDouble rifdPpl() {
        return of(instruction, instructionAlone, Scores::perplexities);
    }

    public OptionalDouble rifdLoss() {
        return of(instruction, instructionAlone, Scores::losses);
    }

    private static double perplexities(double given, double alone) {
        return Math.exp(given - alone);
    }

    private static double losses(double given, double alone) {
        return given / alone;
    }

    private static OptionalDouble of(Likelihood given, Likelihood alone, DoubleBinaryOperator ratio) {
        return given instanceof Scored one && alone instanceof Scored other
                ? OptionalDouble.of(ratio.applyAsDouble(one.meanNll(), other.meanNll()))
                : OptionalDouble.empty();
    }
}
