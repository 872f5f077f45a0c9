package dev.cermin.problem;

import java.util.random.RandomGenerator;

/**
 * A problem with its exact answer, and with the work that a small model can do on it: each step computes with two short
 * numbers that stand beside it. Problems are made by {@link Family#any}. Immutable.
 */
public sealed interface Problem permits Linear, Quadratic, Product, TimeProduct, EquationPair {
    Family family();

    /** As it is asked, without spaces. */
    String question();

    /** As the model writes it. */
    String answer();

    /** The same for each of its symmetric variants, such as {@code 47*38} and {@code 38*47}. */
    String key();

    /** A wrong answer, as one would come to it by a slip. */
    String nearMiss(RandomGenerator random);

    /**
     * Checks a draft by computation, part by part. Each part ends in {@code ok} or {@code bad}; the first bad one is the
     * last. Not all wrong drafts are found out where the check is cheaper than the answer: see the families.
     */
    String check(String draft);

    /** Computes the answer anew; its last results are those that the answer is put together from. */
    String repair();

    /** Whether a draft is right, however it is written. */
    default boolean isSolvedBy(String draft) {
        return !check(draft).endsWith(Steps.BAD);
    }

    /** The check, and the repair where the check ended badly. */
    default String reflection(String draft) {
        String check = check(draft);
        return check.endsWith(Steps.BAD) ? check + ';' + repair() : check;
    }
}
