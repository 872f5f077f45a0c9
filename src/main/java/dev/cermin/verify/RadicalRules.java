package dev.cermin.verify;

import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is known of roots that are drawn from roots. */
final class RadicalRules {
    private final Radicals radicals;

    RadicalRules(Radicals radicals) {
        this.radicals = radicals;
    }

    /** The root of one product of roots, where it is one itself: √(2√2) = 2^(3/4). */
    Optional<Polynomial> ofRoots(Polynomial radicand, int degree) {
        Polynomial.Term term = radicand.leading();
        boolean fits = radicand.size() == 1
                && IntStream.range(0, Polynomial.SYMBOLS)
                        .allMatch(
                                i -> term.exponent(i) == 0 || (radicals.isPrime(i) && term.exponent(i) % degree == 0));
        if (!fits) {
            return Optional.empty();
        }
        Polynomial number = Polynomial.of(term.over(), term.under());
        Polynomial result = radicals.root(number, degree);
        for (int i = 0; i < Polynomial.SYMBOLS; i++) {
            result = result.times(Polynomial.symbol(i, term.exponent(i) / degree));
        }
        return Optional.of(radicals.reduced(result));
    }

    /** √(a+b) = √((a+d)/2) ± √((a-d)/2), where a, b² and d = √(a²-b²) are rational: √(3+2√2) = 1+√2. */
    Optional<Polynomial> unnested(Polynomial radicand) {
        Polynomial a = radicand.constant();
        Polynomial b = radicand.minus(a);
        Polynomial square = b.size() == 1 ? radicals.reduced(b.times(b)) : b;
        if (!isPositive(a) || !square.isConstant()) {
            return Optional.empty();
        }
        Polynomial difference = a.times(a).minus(square);
        if (!isPositive(difference)) {
            return Optional.empty();
        }
        BigInteger[] over = difference.leading().over().sqrtAndRemainder();
        BigInteger[] under = difference.leading().under().sqrtAndRemainder();
        if (over[1].signum() != 0 || under[1].signum() != 0) {
            return Optional.empty();
        }
        Polynomial d = Polynomial.of(over[0], under[0]);
        Polynomial first = radicals.root(a.plus(d).times(BigInteger.ONE, BigInteger.TWO), 2);
        Polynomial second = radicals.root(a.minus(d).times(BigInteger.ONE, BigInteger.TWO), 2);
        return Optional.of(b.leading().over().signum() < 0 ? first.minus(second) : first.plus(second));
    }

    private static boolean isPositive(Polynomial constant) {
        return !constant.isZero() && constant.leading().over().signum() > 0;
    }

    /** What makes 1/√2, 1/(1+√2) or 1/(√2+√3) have a number below the line. */
    Optional<Polynomial> rationalizer(Polynomial under) {
        if (under.size() > 2) {
            return Optional.empty();
        }
        Polynomial first = under.lead();
        Polynomial second = under.minus(first);
        return radicals.reduced(first.times(first)).isConstant()
                        && radicals.reduced(second.times(second)).isConstant()
                ? Optional.of(first.minus(second))
                : Optional.empty();
    }
}
