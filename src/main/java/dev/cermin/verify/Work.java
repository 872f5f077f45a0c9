package dev.cermin.verify;

import java.math.BigInteger;

/**
 * Keeps what an answer asks to be computed within bounds, by counting: an answer always meets the same end, whatever the
 * machine. Not thread-safe.
 */
final class Work {
    /** Products of two terms of small coefficients; some seconds at worst. */
    private static final long BUDGET = 150_000;

    /** Bits of a coefficient. */
    private static final int LONGEST = 8_192;

    private static final int HIGHEST = 10_000;
    private static final int LARGEST_FRACTION = 200;
    private static final int HIGHEST_FRACTION = 40;

    private long spent;

    /** @throws ArithmeticException where the product would take too long */
    Polynomial product(Polynomial left, Polynomial right) {
        long bits = bits(left) + bits(right);
        if (bits > LONGEST) {
            throw new ArithmeticException("its numbers grow beyond " + LONGEST + " bits");
        }
        if (left.degree() + right.degree() > HIGHEST) {
            throw new ArithmeticException("its exponents grow beyond " + HIGHEST);
        }
        spend((1 + bits / 256) * left.size() * right.size());
        return left.times(right);
    }

    /** @throws UndecidedException where finding common factors could take too long */
    void requireReducible(Polynomial left, Polynomial right) {
        long pairs = (long) left.size() * right.size();
        if (pairs > LARGEST_FRACTION || left.degree() + right.degree() > HIGHEST_FRACTION) {
            throw new UndecidedException("a fraction with so many terms is not reduced");
        }
        spend(pairs);
    }

    void spend(long products) {
        spent += products;
        if (spent > BUDGET) {
            throw new ArithmeticException("it has too many terms to be computed");
        }
    }

    private static long bits(Polynomial polynomial) {
        return polynomial
                .terms()
                .mapToLong(term -> bits(term.over()) + bits(term.under()))
                .max()
                .orElse(0);
    }

    private static long bits(BigInteger value) {
        return value.abs().equals(BigInteger.ONE) ? 0 : value.bitLength();
    }
}
