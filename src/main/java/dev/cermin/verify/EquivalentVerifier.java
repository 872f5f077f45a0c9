package dev.cermin.verify;

import org.jspecify.annotations.Nullable;

/**
 * The answer is symbolically equal to an expression, in whatever form: {@code (x+1)^2} and {@code x^2+2x+1}, {@code
 * (a^2-b^2)/(a-b)} and {@code a+b}, {@code 1/(√2-1)} and {@code 1+√2}. Names are single letters and stand for real
 * numbers; poles that cancel don't count. An answer may end in {@code = expression}. Where the expected expression is an
 * equation, the answer must be one as well, and the same but for a constant factor: {@code 2y=4x+2} for {@code y=2x+1}.
 *
 * <p>Polynomials, rational functions and roots of rationals are decided. Other roots pass where their powers prove the
 * equality, and fail otherwise; where neither can be proved, the message says so. Functions such as sin are not read.
 * Needs EvalEx and Rings on the class path. Thread-safe.
 */
public final class EquivalentVerifier implements Verifier {
    public static final String NAME = "equivalent";
    private final String[] expected;
    private final @Nullable NoClassDefFoundError missing;

    private EquivalentVerifier(String[] expected, @Nullable NoClassDefFoundError missing) {
        this.expected = expected;
        this.missing = missing;
    }

    /**
     * @param expected an expression, or an equation
     * @throws IllegalArgumentException where it can't be read as one
     */
    public static EquivalentVerifier to(String expected) {
        String[] sides = Notation.plain(expected).split("=", -1);
        if (sides.length > 2) {
            throw new IllegalArgumentException("One = at most is expected, not '" + expected + "'");
        }
        try {
            for (String side : sides) {
                Formulas.compute(side, new Algebra());
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'%s' can't be compared with: %s".formatted(expected, e.getMessage()));
        } catch (NoClassDefFoundError e) {
            // a library that is missing is told when it is needed
            return new EquivalentVerifier(sides, e);
        }
        return new EquivalentVerifier(sides, null);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        if (missing != null) {
            throw missing;
        }
        String given = answer.output().strip();
        if (given.length() > Notation.LONGEST) {
            return Check.fail(
                    NAME,
                    "The answer has %d characters; up to %d are read".formatted(given.length(), Notation.LONGEST));
        }
        String[] parts = Notation.plain(given).split("=", -1);
        Algebra algebra = new Algebra();
        try {
            Quotient right = difference(expected, algebra);
            if (expected.length == 1) {
                Quotient found = Formulas.compute(parts[parts.length - 1], algebra);
                return new Comparison(algebra, right, found).ofExpressions();
            }
            if (parts.length != 2) {
                return Check.fail(
                        NAME, "The answer is not an equation: one = with something on both sides is expected");
            }
            return new Comparison(algebra, right, difference(parts, algebra)).ofEquations();
        } catch (UndecidedException e) {
            return Check.fail(
                    NAME, "Whether the answer equals the expected expression can't be decided: " + e.getMessage());
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The answer can't be read as an expression: " + e.getMessage());
        }
    }

    private static Quotient difference(String[] sides, Algebra algebra) {
        Quotient left = Formulas.compute(sides[0], algebra);
        return sides.length == 1 ? left : algebra.add(left, algebra.negate(Formulas.compute(sides[1], algebra)));
    }
}
