package dev.cermin.problem;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A kind of problems. Each is divided by a hash of {@link Problem#key}, so that a problem and its symmetric variants are
 * on the same side.
 */
public enum Family {
    /** {@code ax+b=cx+d}, such as {@code 3x+5=-2x+20}. Checked by substitution. */
    LINEAR(10, 2),
    /** {@code ax^2+bx+c=0} with rational roots, such as {@code 2x^2+5x-3=0}. Checked by multiplying the factors out. */
    QUADRATIC(30, 6),
    /**
     * Two numbers of two digits, such as {@code 47*38}. Checked by casting out nines and elevens, which takes an error
     * that is a multiple of 99 for right: 1 in 99 of those made at random.
     */
    PRODUCT(20, 4),
    /** A time of hours and minutes, so many times, such as {@code 3h47*6}. Checked by taking the minutes off. */
    TIME(15, 4),
    /** Two equations in x and y, such as {@code 2x+y=9,3x-2y=10}. Checked by substitution. */
    PAIR(10, 2);

    /** Which problems may be used for what. */
    public enum Split {
        /** Models learn from these. */
        LEARN,
        /** Recipes are chosen by these. */
        TUNE,
        /** Results are measured on these, which neither a model nor its makers saw before. */
        TEST
    }

    private final int testPercent;
    private final int tunePercent;

    Family(int testPercent, int tunePercent) {
        this.testPercent = testPercent;
        this.tunePercent = tunePercent;
    }

    /** One of all its problems. */
    public Problem any(RandomGenerator random) {
        return switch (this) {
            case LINEAR -> Linear.any(random);
            case QUADRATIC -> Quadratic.any(random);
            case PRODUCT -> Product.any(random);
            case TIME -> TimeProduct.any(random);
            case PAIR -> EquationPair.any(random);
        };
    }

    /** One of a split's. */
    public Problem any(Split split, RandomGenerator random) {
        while (true) {
            Problem problem = any(random);
            if (split(problem) == split) {
                return problem;
            }
        }
    }

    public Split split(Problem problem) {
        int percent = hash(problem.key()) % 100;
        return percent < testPercent ? Split.TEST : percent < testPercent + tunePercent ? Split.TUNE : Split.LEARN;
    }

    /** As suites and reports name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** FNV's prime and another start, mixed after each character. It must never change: trained models depend on it. */
    private static int hash(String text) {
        int hash = 0x9e3779b9;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
            hash ^= hash >>> 15;
        }
        return (hash ^ hash >>> 13) & 0x7fffffff;
    }
}
