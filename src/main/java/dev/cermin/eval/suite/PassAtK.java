package dev.cermin.eval.suite;

/** The chance that one of k samples of a program is right. */
public final class PassAtK {
    private PassAtK() {}

    /**
     * The unbiased estimate of Chen et al. 2021, arXiv:2107.03374: 1 − C(n−c, k) / C(n, k).
     *
     * @param samples n, drawn for the problem; 1 at least
     * @param right c of them, from 0 to n
     * @param k from 1 to n
     * @return from 0 to 1
     * @throws IllegalArgumentException for numbers out of these ranges
     */
    public static double of(int samples, int right, int k) {
        if (samples < 1 || right < 0 || right > samples || k < 1 || k > samples) {
            throw new IllegalArgumentException(
                    "pass@%d of %d samples, %d of them right, has no value".formatted(k, samples, right));
        }
        double none = 1;
        for (int i = samples - right + 1; i <= samples; i++) {
            // negative factors belong to the cases where k samples can't all be wrong
            none *= Math.max(0, 1 - (double) k / i);
        }
        return 1 - none;
    }
}
