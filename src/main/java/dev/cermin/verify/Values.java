package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Polynomials at one point, to 120 digits: enough to tell that two differ, never that they are the same. */
final class Values {
    private static final MathContext DIGITS = new MathContext(120);
    /** Digits by which a sum may be smaller than its terms. */
    private static final int CANCELLED = 20;

    /** By symbol; null where a root isn't real there, or too close to the root of 0. */
    private final List<@Nullable BigDecimal> symbols = new ArrayList<>();

    /** @param names what the symbols from {@link Radicals#MOST} on stand for */
    Values(List<Radicals.Root> roots, List<BigDecimal> names) {
        for (int i = 0; i < Radicals.MOST; i++) {
            symbols.add(null);
        }
        symbols.addAll(names);
        for (int i = 0; i < roots.size(); i++) {
            int degree = roots.get(i).degree();
            symbols.set(
                    Radicals.symbol(i),
                    clear(roots.get(i).radicand())
                            .filter(value -> value.signum() > 0 || degree % 2 != 0)
                            .map(value -> root(value, degree))
                            .orElse(null));
        }
    }

    /** The value, where it is certainly not 0; empty also where there is none. */
    Optional<BigDecimal> clear(Polynomial polynomial) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal size = BigDecimal.ZERO;
        for (Polynomial.Term term : polynomial.terms().toList()) {
            BigDecimal value = new BigDecimal(term.over()).divide(new BigDecimal(term.under()), DIGITS);
            for (int i = 0; i < Polynomial.SYMBOLS; i++) {
                if (term.exponent(i) > 0) {
                    BigDecimal symbol = i < symbols.size() ? symbols.get(i) : null;
                    if (symbol == null) {
                        return Optional.empty();
                    }
                    value = value.multiply(symbol.pow(term.exponent(i), DIGITS), DIGITS);
                }
            }
            sum = sum.add(value, DIGITS);
            size = size.add(value.abs(), DIGITS);
        }
        return sum.abs().compareTo(size.scaleByPowerOfTen(-CANCELLED)) > 0 ? Optional.of(sum) : Optional.empty();
    }

    /** By Newton's method, from what double precision gives. */
    private static BigDecimal root(BigDecimal value, int degree) {
        if (value.signum() < 0) {
            return root(value.negate(), degree).negate();
        }
        // moved by powers of 10^degree to where a double can hold it
        int shift = Math.floorDiv(value.precision() - value.scale(), degree);
        BigDecimal near = value.scaleByPowerOfTen(-shift * degree);
        BigDecimal guess = BigDecimal.valueOf(Math.pow(near.doubleValue(), 1.0 / degree));
        BigDecimal times = BigDecimal.valueOf(degree);
        for (int round = 0; round < 6; round++) {
            BigDecimal power = guess.pow(degree - 1, DIGITS);
            BigDecimal step = near.divide(power, DIGITS).subtract(guess).divide(times, DIGITS);
            guess = guess.add(step, DIGITS);
        }
        return guess.scaleByPowerOfTen(shift);
    }

    /** To 12 digits at most. */
    static String shown(BigDecimal value) {
        BigDecimal few =
                value.round(new MathContext(12, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        boolean plain = Math.abs((long) few.precision() - few.scale()) <= 20;
        return plain ? few.setScale(Math.max(0, few.scale())).toPlainString() : few.toString();
    }
}
