package dev.cermin.eval.suite;

/**
 * The problems that the bundled model's training left out: those whose text has a small hash, 2 of 100 linear equations
 * and 15 of 100 quadratic ones and products. It is the trainer's rule, and must stay the same as long as that model
 * does.
 */
final class HeldOut {
    private HeldOut() {}

    static boolean from(Problem problem) {
        return hash(problem.text()) % 100 < (problem.family().equals("linear") ? 2 : 15);
    }

    /** FNV's prime and another start, mixed after each character. */
    private static int hash(String text) {
        int hash = 0x9e3779b9;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
            hash ^= hash >>> 15;
        }
        return (hash ^ hash >>> 13) & 0x7fffffff;
    }
}
