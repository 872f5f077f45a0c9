package dev.cermin.eval.suite;

import org.jspecify.annotations.Nullable;

/**
 * How a suite is to be read.
 *
 * @param convention null: the suite's own default, the first of {@link SuiteReader#conventions()}
 * @param count of problems, from 1, for suites that make their own; those of files have all that the file has
 * @param seed of the problems of suites that make their own: the same seed makes the same ones
 */
public record SuiteOptions(@Nullable Convention convention, int count, long seed) {
    /** The default convention, 100 problems, seed 1. */
    public static final SuiteOptions DEFAULT = new SuiteOptions(null, 100, 1);

    public SuiteOptions {
        if (count < 1) {
            throw new IllegalArgumentException("One problem at least is expected, not " + count);
        }
    }

    public SuiteOptions withConvention(Convention asked) {
        return new SuiteOptions(asked, count, seed);
    }

    /** That many problems by that seed, for suites that make their own. */
    public SuiteOptions withProblems(int number, long of) {
        return new SuiteOptions(convention, number, of);
    }
}
