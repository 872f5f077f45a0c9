package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes formulas exactly, as quotients of polynomials in their names and roots, all of them real. One is for one
 * answer: it bounds the work. Not thread-safe.
 */
final class Algebra implements Formulas.Operations<Quotient> {
    private static final int LARGEST_EXPONENT = 1000;

    private final Work work = new Work();
    private final Radicals radicals = new Radicals(work);
    private final List<String> names = new ArrayList<>();
    private final Map<String, Quotient> bound = new HashMap<>();

    /** From now on, the name stands for that value. */
    void bind(String name, Quotient value) {
        bound.put(name, value);
    }

    void unbind(String name) {
        bound.remove(name);
    }

    /** In the order in which they came up. */
    List<String> names() {
        return List.copyOf(names);
    }

    Radicals radicals() {
        return radicals;
    }

    /** Which symbol a name is; -1 for one that didn't come up. */
    int symbol(String name) {
        int position = names.indexOf(name);
        return position < 0 ? -1 : Radicals.MOST + position;
    }

    @Override
    public Quotient number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() > 0
                ? new Quotient(
                        Polynomial.of(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale())), Polynomial.of(1))
                : new Quotient(Polynomial.of(plain.toBigInteger(), BigInteger.ONE), Polynomial.of(1));
    }

    @Override
    public Quotient name(String name) {
        Quotient value = bound.get(name);
        if (value != null) {
            return value;
        }
        if (!names.contains(name)) {
            if (names.size() == Polynomial.SYMBOLS - Radicals.MOST) {
                throw new ArithmeticException(
                        "more than %d different names are not read".formatted(Polynomial.SYMBOLS - Radicals.MOST));
            }
            names.add(name);
        }
        return new Quotient(Polynomial.symbol(symbol(name), 1), Polynomial.of(1));
    }

    @Override
    public Quotient negate(Quotient value) {
        return new Quotient(value.over().times(BigInteger.ONE.negate(), BigInteger.ONE), value.under());
    }

    @Override
    public Quotient add(Quotient left, Quotient right) {
        if (left.under().equals(right.under())) {
            return quotient(left.over().plus(right.over()), left.under());
        }
        return quotient(
                product(left.over(), right.under()).plus(product(right.over(), left.under())),
                product(left.under(), right.under()));
    }

    @Override
    public Quotient multiply(Quotient left, Quotient right) {
        return quotient(product(left.over(), right.over()), product(left.under(), right.under()));
    }

    @Override
    public Quotient divide(Quotient left, Quotient right) {
        switch (isZero(right.over())) {
            case YES -> throw new ArithmeticException("Division by zero");
            case UNKNOWN -> throw new UndecidedException("whether it divides by zero");
            case NO -> {}
        }
        return quotient(product(left.over(), right.under()), product(left.under(), right.over()));
    }

    @Override
    public Quotient power(Quotient base, Quotient exponent) {
        Polynomial.Term number = rational(exponent)
                .orElseThrow(
                        () -> new UndecidedException("a power whose exponent is not a number is beyond this check"));
        BigInteger largest = BigInteger.valueOf(LARGEST_EXPONENT);
        if (number.over().abs().compareTo(largest) > 0 || number.under().compareTo(largest) > 0) {
            throw new ArithmeticException("exponents beyond " + LARGEST_EXPONENT + " are not computed");
        }
        int over = number.over().intValueExact();
        int under = number.under().intValueExact();
        if (over == 0 && isZero(base.over()) != Truth.NO) {
            throw new ArithmeticException("0 to the power of 0 has no value");
        }
        if (under > 1 && rational(base).filter(term -> term.over().signum() < 0).isPresent()) {
            throw new UndecidedException("a fractional power of a negative number is beyond this check");
        }
        Quotient of = over < 0 ? divide(number(BigDecimal.ONE), base) : base;
        Quotient root = under > 1 ? root(of, under) : of;
        return quotient(power(root.over(), Math.abs(over)), power(root.under(), Math.abs(over)));
    }

    private Polynomial power(Polynomial base, int exponent) {
        Polynomial result = Polynomial.of(1);
        for (int bit = Integer.highestOneBit(exponent); bit > 0; bit >>= 1) {
            result = product(result, result);
            result = (exponent & bit) == 0 ? result : product(result, base);
        }
        return result;
    }

    @Override
    public Quotient root(Quotient radicand, int degree) {
        if (!radicand.under().isConstant()) {
            throw new UndecidedException(
                    "a root of a quotient with a name or a root below the line is beyond this check");
        }
        return quotient(radicals.root(radicand.over(), degree), Polynomial.of(1));
    }

    /** The quotient as a number, where it is rational. */
    Optional<Polynomial.Term> rational(Quotient value) {
        if (value.over().isZero()) {
            return Optional.of(value.over().leading());
        }
        Polynomial.Term over = value.over().leading();
        Polynomial.Term under = value.under().leading();
        Polynomial ratio = Polynomial.of(over.over(), over.under()).times(under.under(), under.over());
        boolean all = radicals.reduced(value.over().minus(product(value.under(), ratio)))
                .isZero();
        return all ? Optional.of(ratio.leading()) : Optional.empty();
    }

    Truth same(Quotient left, Quotient right) {
        return isZero(product(left.over(), right.under()).minus(product(right.over(), left.under())));
    }

    /** Without opaque roots, the normal form decides; with them, it proves what is 0, and a value what is not. */
    Truth isZero(Polynomial polynomial) {
        if (polynomial.isZero()) {
            return Truth.YES;
        }
        if (!radicals.opaque()) {
            return Truth.NO;
        }
        boolean clear = Points.of(this)
                .anyMatch(point -> point.values().clear(polynomial).isPresent());
        return clear ? Truth.NO : Truth.UNKNOWN;
    }

    Polynomial product(Polynomial left, Polynomial right) {
        return radicals.reduced(work.product(left, right));
    }

    /** The first without the factors that both have, where there are no roots in them. */
    Polynomial withoutFactors(Polynomial of, Polynomial and) {
        work.requireReducible(of, and);
        return of.withoutFactorsOf(and);
    }

    private Quotient quotient(Polynomial over, Polynomial under) {
        if (!under.isConstant()) {
            return new RadicalRules(radicals)
                    .rationalizer(under)
                    .map(factor -> quotient(product(over, factor), product(under, factor)))
                    .orElseGet(() -> new Quotient(over, under));
        }
        Polynomial.Term number = under.leading();
        return new Quotient(over.times(number.under(), number.over()), Polynomial.of(1));
    }
}
