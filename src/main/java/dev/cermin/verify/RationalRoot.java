package dev.cermin.verify;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Roots of positive rationals, by their prime factors: √(8/9) is 2·2^(30/60)/3. */
final class RationalRoot {
    /** Bits of a number that is factored. */
    private static final int LONGEST = 60;

    private static final int EASY = 32;
    /** A tenth of a second, in the terms of {@link Work}. */
    private static final int COST = 10_000;

    private final Radicals radicals;
    private final Work work;

    RationalRoot(Radicals radicals, Work work) {
        this.radicals = radicals;
        this.work = work;
    }

    Polynomial of(BigInteger over, BigInteger under, int degree) {
        Map<BigInteger, Integer> exponents = new TreeMap<>();
        factors(over, degree).forEach(prime -> exponents.merge(prime, 1, Integer::sum));
        factors(under, degree).forEach(prime -> exponents.merge(prime, -1, Integer::sum));
        Polynomial result = Polynomial.of(1);
        for (var factor : exponents.entrySet()) {
            int sixtieths = factor.getValue() * (Radicals.ORDER / degree);
            int whole = Math.floorDiv(sixtieths, Radicals.ORDER);
            BigInteger power = factor.getKey().pow(Math.abs(whole));
            result = whole < 0 ? result.times(BigInteger.ONE, power) : result.times(power, BigInteger.ONE);
            int rest = Math.floorMod(sixtieths, Radicals.ORDER);
            if (rest > 0) {
                var root = new Radicals.Root(Polynomial.of(factor.getKey(), BigInteger.ONE), Radicals.ORDER);
                result = result.times(Polynomial.symbol(radicals.symbolOf(root), rest));
            }
        }
        return result;
    }

    private List<BigInteger> factors(BigInteger positive, int degree) {
        if (positive.equals(BigInteger.ONE)) {
            return List.of();
        }
        if (positive.bitLength() > LONGEST) {
            throw new UndecidedException(
                    "a root of degree %d of a number of %d bits is beyond this check; up to %d are read"
                            .formatted(degree, positive.bitLength(), LONGEST));
        }
        if (positive.bitLength() > EASY) {
            work.spend(COST);
        }
        return Polynomial.primes(positive);
    }
}
