package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an answer with radicals is worked out: a sum of different roots of whole numbers that have no square in
 * them, with rational factors and one number below the line. {@code (1+3√2)/2} is, {@code √8} and {@code √2·√3} are not.
 */
final class RadicalForm implements Formulas.Operations<RadicalForm.Shape> {
    private static final RadicalForm FORM = new RadicalForm();
    private static final Set<String> NO_ROOT = Set.of("");
    /** Beyond, squares in a number are not looked for. */
    private static final BigInteger LARGEST = BigInteger.TEN.pow(9);

    /**
     * @param number what it is, where it is a whole number written as such
     * @param roots the roots in the sum; an empty text stands for a rational
     */
    record Shape(@Nullable BigInteger number, Set<String> roots) {
        boolean rational() {
            return roots.equals(NO_ROOT);
        }
    }

    private RadicalForm() {}

    /** @throws ArithmeticException where something is still to be computed; the message names it */
    static void require(String plain) {
        Formulas.compute(plain, FORM);
    }

    @Override
    public Shape number(BigDecimal value) {
        return new Shape(value.stripTrailingZeros().scale() <= 0 ? value.toBigInteger() : null, NO_ROOT);
    }

    @Override
    public Shape name(String name) {
        throw new ArithmeticException("there is an unknown, " + name + ", in it");
    }

    @Override
    public Shape negate(Shape value) {
        return new Shape(null, value.roots());
    }

    @Override
    public Shape add(Shape left, Shape right) {
        Set<String> both = new HashSet<>(left.roots());
        for (String root : right.roots()) {
            if (!both.add(root)) {
                throw unfinished(root.isEmpty() ? "two numbers are to be added" : "twice " + root + " is to be added");
            }
        }
        return new Shape(null, both);
    }

    @Override
    public Shape multiply(Shape left, Shape right) {
        if (left.rational() == right.rational()) {
            throw unfinished(left.rational() ? "two numbers are to be multiplied" : "two roots are to be multiplied");
        }
        return new Shape(null, left.rational() ? right.roots() : left.roots());
    }

    @Override
    public Shape divide(Shape left, Shape right) {
        if (!right.rational()) {
            throw unfinished("a root stands below the line");
        }
        return new Shape(null, left.roots());
    }

    @Override
    public Shape power(Shape base, Shape exponent) {
        throw unfinished("a power is to be computed");
    }

    @Override
    public Shape root(Shape radicand, int degree) {
        BigInteger number = radicand.number();
        String text = (degree == 2 ? "sqrt" : "cbrt") + "(" + (number == null ? "…" : number) + ")";
        if (number == null) {
            throw unfinished("a root is drawn from something else than a whole number");
        }
        BigInteger power = BigInteger.TWO.pow(degree);
        for (long k = 2; power.compareTo(number.min(LARGEST)) <= 0; k++) {
            if (number.mod(power).signum() == 0) {
                throw unfinished("%s has the factor %d in it".formatted(text, k));
            }
            power = BigInteger.valueOf(k + 1).pow(degree);
        }
        return new Shape(null, Set.of(text));
    }

    private static ArithmeticException unfinished(String what) {
        return new ArithmeticException("it is still to be computed: " + what);
    }
}
