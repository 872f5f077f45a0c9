package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The roots that formulas draw, as symbols of polynomials. A root of a rational is written by 60th roots of primes, whose
 * products are linearly independent over the rationals (Besicovitch 1940): in normal form, equal numbers have equal
 * polynomials. A root of anything else becomes an opaque symbol, of which only its power is known. Not thread-safe.
 */
final class Radicals {
    /** Symbols for roots: from this number downwards, so that a root leads what it is drawn from. */
    static final int MOST = 12;

    /** So that roots of degree 2, 3, 4, 5, 6 … of primes are powers of one. */
    static final int ORDER = 60;

    /** Beyond, the digits of {@link Values} would not carry. */
    private static final int MOST_OPAQUE = 4;

    /** What to the power of degree is the radicand. */
    record Root(Polynomial radicand, int degree) {
        boolean opaque() {
            return !radicand.isConstant();
        }
    }

    private final List<Root> roots = new ArrayList<>();
    private final Work work;

    Radicals(Work work) {
        this.work = work;
    }

    /** In the order in which they came up: none is drawn from a later one. */
    List<Root> roots() {
        return List.copyOf(roots);
    }

    /** Of the root at that position; and the other way round. */
    static int symbol(int position) {
        return MOST - 1 - position;
    }

    boolean opaque() {
        return roots.stream().anyMatch(Root::opaque);
    }

    /** Whether the symbol is a root of a prime. */
    boolean isPrime(int symbol) {
        int position = symbol(symbol);
        return position >= 0 && position < roots.size() && !roots.get(position).opaque();
    }

    /** In normal form: no root to its degree or beyond. */
    Polynomial reduced(Polynomial polynomial) {
        int[] beyond = IntStream.range(0, roots.size())
                .filter(i -> polynomial.degree(symbol(i)) >= roots.get(i).degree())
                .toArray();
        if (beyond.length == 0) {
            return polynomial;
        }
        for (int i : beyond) {
            work.spend((long) polynomial.size() * roots.get(i).radicand().size());
        }
        return polynomial.modulo(IntStream.range(0, roots.size())
                .mapToObj(i -> Polynomial.symbol(symbol(i), roots.get(i).degree())
                        .minus(roots.get(i).radicand()))
                .toList());
    }

    /**
     * The real root of a polynomial in normal form.
     *
     * @throws ArithmeticException where it is not real
     * @throws UndecidedException where it can't be told to be real, or is beyond what is read here
     */
    Polynomial root(Polynomial radicand, int degree) {
        if (degree < 1 || ORDER % degree != 0) {
            throw new UndecidedException("a root of degree " + degree + " is beyond this check");
        }
        if (radicand.isZero() || degree == 1) {
            return radicand;
        }
        if (radicand.isConstant()) {
            return rational(radicand.leading().over(), radicand.leading().under(), degree);
        }
        var rules = new RadicalRules(this);
        Optional<Polynomial> known = rules.ofRoots(radicand, degree);
        if (known.isEmpty() && degree == 2) {
            known = rules.unnested(radicand);
        }
        return known.orElseGet(() -> opaque(radicand, degree));
    }

    private Polynomial rational(BigInteger over, BigInteger under, int degree) {
        if (over.signum() > 0) {
            return new RationalRoot(this, work).of(over, under, degree);
        }
        if (degree % 2 == 0) {
            throw notReal();
        }
        return rational(over.negate(), under, degree).times(BigInteger.ONE.negate(), BigInteger.ONE);
    }

    /** A rational factor goes before the root, so that √(4x+8) and √(x+2) are drawn from one. */
    private Polynomial opaque(Polynomial radicand, int degree) {
        requireReal(radicand, degree);
        BigInteger over = radicand.terms().map(Polynomial.Term::over).reduce(BigInteger.ZERO, BigInteger::gcd);
        BigInteger under = radicand.terms()
                .map(Polynomial.Term::under)
                .reduce(BigInteger.ONE, (a, b) -> a.multiply(b).divide(a.gcd(b)));
        if (degree % 2 != 0 && radicand.leading().over().signum() < 0) {
            over = over.negate();
        }
        Root root = new Root(radicand.times(under, over), degree);
        return rational(over, under, degree).times(Polynomial.symbol(symbolOf(root), 1));
    }

    private void requireReal(Polynomial radicand, int degree) {
        boolean number = IntStream.range(MOST, Polynomial.SYMBOLS).allMatch(i -> radicand.degree(i) == 0);
        if (number && degree % 2 == 0) {
            BigDecimal value = new Values(roots, List.of())
                    .clear(radicand)
                    .orElseThrow(() -> new UndecidedException("whether a root is drawn from 0 can't be told"));
            if (value.signum() < 0) {
                throw notReal();
            }
        }
    }

    private static ArithmeticException notReal() {
        return new ArithmeticException("an even root of a negative number is not real");
    }

    /** Of a root that is known, or is now. */
    int symbolOf(Root root) {
        int position = roots.indexOf(root);
        if (position < 0) {
            position = roots.size();
            boolean full = root.opaque() && roots.stream().filter(Root::opaque).count() == MOST_OPAQUE;
            if (full || position == MOST) {
                throw new UndecidedException("so many different roots are beyond this check");
            }
            roots.add(root);
        }
        return symbol(position);
    }
}
