package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Substitutes the answer into the equation of the task: {@code 2x^2+5x-3=0} against {@code x=-3,1/2}. Every stated root
 * must hold, and for equations up to the second degree none may be missing. Answers may be {@code x=…}, a bare list, or
 * {@code no solution}, or {@code all real numbers} for an identity; roots are numbers or fractions, apart by {@code ,},
 * {@code ;}, {@code or} or {@code and}.
 * Needs EvalEx on the class path. Thread-safe.
 */
public final class EquationVerifier implements Verifier {
    public static final String NAME = "equation";
    private static final Pattern APART = Pattern.compile("(?i)\\s*(?:,|;|\\bor\\b|\\band\\b)\\s*");
    private static final Pattern NONE =
            Pattern.compile("(?i)(?:there (?:is|are) )?no (?:real )?(?:solution|root)s?\\.?|none");
    private static final Pattern ALL = Pattern.compile(
            "(?i)(?:all|any|every)(?: real)? (?:x|numbers?|values?(?: of x)?)\\.?|infinitely many(?: solutions| roots)?\\.?");
    private static final Pattern UNKNOWN = Pattern.compile("^x\\s*(?:_?[0-9₁₂])?\\s*=\\s*");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        Polynomial equation;
        String[] sides = Expressions.plain(answer.input()).split("=", -1);
        try {
            equation = Polynomial.ofSides(sides);
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The task is not an equation in x: " + e.getMessage());
        }
        String given = Expressions.plain(answer.output());
        if (NONE.matcher(given).matches()) {
            return none(equation);
        }
        if (ALL.matcher(given).matches()) {
            return equation.identity()
                    ? Check.pass(NAME, "The equation holds for every x")
                    : Check.fail(NAME, "The equation does not hold for every x");
        }
        List<BigDecimal> roots = new ArrayList<>();
        for (String part : APART.split(given)) {
            String root = UNKNOWN.matcher(part.strip()).replaceFirst("");
            try {
                BigDecimal x = Expressions.number(root);
                if (roots.stream().noneMatch(known -> Expressions.same(known, x))) {
                    roots.add(x);
                }
            } catch (ArithmeticException e) {
                return Check.fail(NAME, "The answer is not of the form x=ROOT,ROOT: " + e.getMessage());
            }
        }
        return substitute(sides, equation, roots);
    }

    private static Check none(Polynomial equation) {
        if (equation.higher()) {
            return Check.fail(NAME, "That an equation above the second degree has no solution can't be checked");
        }
        return equation.realRoots() == 0 && !equation.identity()
                ? Check.pass(NAME, "The equation has no real solution")
                : Check.fail(NAME, "The equation has a solution, and the answer says that there is none");
    }

    private static Check substitute(String[] sides, Polynomial equation, List<BigDecimal> roots) {
        List<String> wrong = new ArrayList<>();
        for (BigDecimal x : roots) {
            String stated = "x=" + Expressions.shown(x);
            try {
                BigDecimal left = Expressions.valueAt(sides[0], x);
                BigDecimal right = Expressions.valueAt(sides[1], x);
                if (!Expressions.same(left, right)) {
                    wrong.add("%s gives %s on the left and %s on the right"
                            .formatted(stated, Expressions.shown(left, right), Expressions.shown(right, left)));
                }
            } catch (ArithmeticException e) {
                wrong.add("%s can't be substituted: %s".formatted(stated, e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            return Check.fail(NAME, String.join("; ", wrong));
        }
        if (equation.identity()) {
            return Check.fail(NAME, "The equation holds for every x, so the answer is: all real numbers");
        }
        int expected = equation.realRoots();
        if (expected > roots.size()) {
            return Check.fail(NAME, "%d of %d roots are stated; one is missing".formatted(roots.size(), expected));
        }
        return Check.pass(NAME, "Every root holds when substituted");
    }

    /** left − right, by its values at a few points; exact for the integers and decimals that tasks are made of. */
    private record Polynomial(BigDecimal c0, BigDecimal c1, BigDecimal c2, boolean higher) {
        private static final MathContext EXACT = MathContext.DECIMAL128;
        private static final BigDecimal TWO = BigDecimal.valueOf(2);
        /** Points off the integers too: there a polynomial of any degree may vanish. */
        private static final List<BigDecimal> PROBES =
                List.of(TWO.negate(), TWO, new BigDecimal("7.3"), new BigDecimal("-0.37"));

        static Polynomial ofSides(String[] sides) {
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new ArithmeticException("one = with something on both sides is expected");
            }
            BigDecimal c0 = difference(sides, BigDecimal.ZERO);
            BigDecimal plus = difference(sides, BigDecimal.ONE);
            BigDecimal minus = difference(sides, BigDecimal.ONE.negate());
            BigDecimal c1 = plus.subtract(minus, EXACT).divide(TWO, EXACT);
            BigDecimal c2 = plus.add(minus, EXACT).divide(TWO, EXACT).subtract(c0, EXACT);
            boolean higher = PROBES.stream().anyMatch(x -> {
                BigDecimal expected = c2.multiply(x).add(c1).multiply(x, EXACT).add(c0, EXACT);
                return !Expressions.same(difference(sides, x), expected);
            });
            return new Polynomial(c0, c1, c2, higher);
        }

        private static BigDecimal difference(String[] sides, BigDecimal x) {
            return Expressions.valueAt(sides[0], x).subtract(Expressions.valueAt(sides[1], x), EXACT);
        }

        /** Nothing is left of it: it holds everywhere. */
        boolean identity() {
            return !higher && isZero(c2) && isZero(c1) && isZero(c0);
        }

        /** The number of distinct real roots that an answer must state; 1 where the degree is above 2. */
        int realRoots() {
            if (higher) {
                return 1;
            }
            if (isZero(c2)) {
                return isZero(c1) ? 0 : 1;
            }
            BigDecimal square = c1.multiply(c1, EXACT);
            BigDecimal product = BigDecimal.valueOf(4).multiply(c2).multiply(c0, EXACT);
            return Expressions.same(square, product) ? 1 : square.compareTo(product) > 0 ? 2 : 0;
        }

        private static boolean isZero(BigDecimal value) {
            return Expressions.same(value, BigDecimal.ZERO);
        }
    }
}
