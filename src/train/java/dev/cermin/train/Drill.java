package dev.cermin.train;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Single steps in a row, as they come up in checks and repairs: the times table before the exercises. */
final class Drill {
    private static final int STEPS = 14;

    private static final List<Function<RandomGenerator, String>> KINDS = List.of(
            random -> sum(random.nextInt(-150, 151), random.nextInt(-150, 151)),
            random -> sum(random.nextInt(-40, 41), random.nextInt(-40, 41)),
            random -> sum(square(random.nextInt(61)), 4 * random.nextInt(-900, 901)),
            random -> sum(square(random.nextInt(61)), -4 * random.nextInt(1, 901)),
            random -> sum(random.nextInt(-450, 451), random.nextInt(-450, 451)),
            random -> product(random.nextInt(-9, 10), random.nextInt(-40, 41)),
            random -> product(random.nextInt(-9, 10), random.nextInt(-12, 13)),
            random -> product(random.nextInt(1, 10), random.nextInt(-225, 226)),
            random -> product(4, random.nextInt(-900, 901)),
            random -> product(random.nextInt(10, 60), random.nextInt(2, 10)),
            random -> same(random.nextInt(-60, 61)),
            random -> quotient(random.nextInt(-25, 26), random.nextInt(-18, 19)),
            random -> fraction(random.nextInt(-120, 121), 2 * random.nextInt(1, 10)));

    private Drill() {}

    static Sequence any(RandomGenerator random) {
        Sequence.Writer writer = Sequence.writer().tag(Token.BEGIN, 0).tag(Token.REFLECTION, 0);
        for (int i = 0; i < STEPS; i++) {
            String step = KINDS.get(random.nextInt(KINDS.size())).apply(random);
            int result = step.indexOf('=') + 1;
            writer.text(step.substring(0, result), 0).text(step.substring(result), 1);
            writer.text(",", 1);
        }
        return writer.done();
    }

    private static int square(int number) {
        return number * number;
    }

    private static String sum(int one, int other) {
        return one + (other < 0 ? "" : "+") + other + "=" + (one + other);
    }

    private static String product(int one, int other) {
        return one + "*" + other + "=" + one * other;
    }

    private static String same(int number) {
        return product(number, number);
    }

    private static String quotient(int result, int under) {
        int by = under == 0 ? 1 : under;
        return result * by + "/" + by + "=" + result;
    }

    private static String fraction(int over, int under) {
        int divisor = java.math.BigInteger.valueOf(over)
                .gcd(java.math.BigInteger.valueOf(under))
                .intValue();
        String result = under == divisor ? "" + over / divisor : over / divisor + "/" + under / divisor;
        return over + "/" + under + "=" + result;
    }
}
