package dev.cermin.eval.suite;

import java.util.Random;

/**
 * A problem of the kinds that the bundled model was trained on, within the same ranges.
 *
 * @param family such as {@code linear}
 * @param text as it is asked
 * @param solution as the model was taught to write it
 */
record Problem(String family, String text, String solution) {
    /** {@code ax+b=cx+d}: a from -9 to 9, not 0; c likewise, not a; b from -30 to 30; a whole x from -12 to 12. */
    static Problem linear(Random random) {
        int a = nonZero(random);
        int c;
        do {
            c = random.nextInt(-9, 10);
        } while (c == a);
        int b = random.nextInt(-30, 31);
        int x = random.nextInt(-12, 13);
        String left = term(a, "x", true) + term(b, "", false);
        String right = term(c, "x", true) + term((a - c) * x + b, "", c == 0);
        return new Problem("linear", left + "=" + (right.isEmpty() ? "0" : right), "x=" + x);
    }

    /** {@code (px-q)(rx-s)=0}, multiplied out: p and r from 1 to 3, q and s from -9 to 9, no factor in common. */
    static Problem quadratic(Random random) {
        Root one = Root.any(random);
        Root other = Root.any(random);
        boolean ordered = one.compareTo(other) <= 0;
        Root low = ordered ? one : other;
        Root high = ordered ? other : one;
        String text = term(low.under * high.under, "x^2", true)
                + term(-(low.under * high.over + low.over * high.under), "x", false)
                + term(low.over * high.over, "", false);
        return new Problem("quadratic", text + "=0", "x=" + low + "," + high);
    }

    /** {@code ab*cd}: both from 11 to 49. */
    static Problem product(Random random) {
        int left = random.nextInt(11, 50);
        int right = random.nextInt(11, 50);
        return new Problem("product", left + "*" + right, String.valueOf(left * right));
    }

    private static int nonZero(Random random) {
        int number = random.nextInt(-9, 9);
        return number < 0 ? number : number + 1;
    }

    /** {@code -x^2}, {@code +3x}, {@code +4}; nothing for 0, unless it would be all there is. */
    private static String term(int factor, String of, boolean first) {
        if (factor == 0) {
            return first && of.isEmpty() ? "0" : "";
        }
        String sign = factor < 0 ? "-" : first ? "" : "+";
        int size = Math.abs(factor);
        return sign + (size == 1 && !of.isEmpty() ? "" : size) + of;
    }

    private record Root(int over, int under) implements Comparable<Root> {
        static Root any(Random random) {
            while (true) {
                Root root = new Root(random.nextInt(-9, 10), random.nextInt(1, 4));
                if (root.isReduced()) {
                    return root;
                }
            }
        }

        private boolean isReduced() {
            int larger = Math.abs(over);
            int smaller = under;
            while (smaller != 0) {
                int rest = larger % smaller;
                larger = smaller;
                smaller = rest;
            }
            return larger == 1;
        }

        @Override
        public int compareTo(Root other) {
            return Integer.compare(over * other.under, other.over * under);
        }

        @Override
        public String toString() {
            return under == 1 ? String.valueOf(over) : over + "/" + under;
        }
    }
}
