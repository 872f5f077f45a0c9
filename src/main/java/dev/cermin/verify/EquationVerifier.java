package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Substitutes the answer into the equation of the task: {@code 2x^2+5x-3=0} against {@code x=-3,1/2}. Every stated root
 * must hold, and for equations up to the second degree none may be missing. Answers may be {@code x=…}, a bare list, or
 * {@code no solution}; roots are numbers or fractions, apart by {@code ,}, {@code ;}, {@code or} or {@code and}.
 * Needs EvalEx on the class path. Thread-safe.
 */
public final class EquationVerifier implements Verifier {
    public static final String NAME = "equation";
    private static final Pattern APART = Pattern.compile("\\s*(?:,|;|\\bor\\b|\\band\\b)\\s*");
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
        if (given.toLowerCase(Locale.ROOT).matches("(there is |there are )?no (real )?solutions?\\.?|none")) {
            return equation.realRoots() == 0
                    ? Check.pass(NAME, "The equation has no real solution")
                    : Check.fail(NAME, "The equation has a solution, and the answer says that there is none");
        }
        List<BigDecimal> roots = new ArrayList<>();
        for (String part : APART.split(given)) {
            String root = UNKNOWN.matcher(part.strip()).replaceFirst("");
            try {
                BigDecimal x = Expressions.value(root);
                if (roots.stream().noneMatch(known -> Expressions.same(known, x))) {
                    roots.add(x);
                }
            } catch (ArithmeticException e) {
                return Check.fail(NAME, "The answer is not of the form x=ROOT,ROOT: " + e.getMessage());
            }
        }
        return substitute(sides, equation, roots);
    }

    private static Check substitute(String[] sides, Polynomial equation, List<BigDecimal> roots) {
        List<String> wrong = new ArrayList<>();
        for (BigDecimal x : roots) {
            BigDecimal left = Expressions.valueAt(sides[0], x);
            BigDecimal right = Expressions.valueAt(sides[1], x);
            if (!Expressions.same(left, right)) {
                wrong.add("x=%s gives %s on the left and %s on the right"
                        .formatted(Expressions.shown(x), Expressions.shown(left), Expressions.shown(right)));
            }
        }
        if (!wrong.isEmpty()) {
            return Check.fail(NAME, String.join("; ", wrong));
        }
        int expected = equation.realRoots();
        if (expected > roots.size()) {
            return Check.fail(NAME, "%d of %d roots are stated; one is missing".formatted(roots.size(), expected));
        }
        return Check.pass(NAME, "Every root holds when substituted");
    }

    /** left − right, by its values at five points; exact for the integers and decimals that tasks are made of. */
    private record Polynomial(BigDecimal c0, BigDecimal c1, BigDecimal c2, boolean higher) {
        private static final MathContext EXACT = MathContext.DECIMAL128;
        private static final BigDecimal TWO = BigDecimal.valueOf(2);

        static Polynomial ofSides(String[] sides) {
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new ArithmeticException("one = with something on both sides is expected");
            }
            BigDecimal[] at = new BigDecimal[5];
            for (int x = -2; x <= 2; x++) {
                BigDecimal point = BigDecimal.valueOf(x);
                at[x + 2] = Expressions.valueAt(sides[0], point).subtract(Expressions.valueAt(sides[1], point), EXACT);
            }
            BigDecimal c0 = at[2];
            BigDecimal c1 = at[3].subtract(at[1], EXACT).divide(TWO, EXACT);
            BigDecimal c2 = at[3].add(at[1], EXACT).divide(TWO, EXACT).subtract(c0, EXACT);
            BigDecimal expected = c0.add(c1.multiply(TWO), EXACT).add(c2.multiply(BigDecimal.valueOf(4)), EXACT);
            BigDecimal mirrored = c0.subtract(c1.multiply(TWO), EXACT).add(c2.multiply(BigDecimal.valueOf(4)), EXACT);
            return new Polynomial(c0, c1, c2, !Expressions.same(at[4], expected) || !Expressions.same(at[0], mirrored));
        }

        /** The number of distinct real roots that an answer must state; 1 where the degree is above 2. */
        int realRoots() {
            if (higher) {
                return 1;
            }
            if (Expressions.same(c2, BigDecimal.ZERO)) {
                // with nothing left of x, it holds everywhere or nowhere
                return Expressions.same(c1, BigDecimal.ZERO) && !Expressions.same(c0, BigDecimal.ZERO) ? 0 : 1;
            }
            BigDecimal discriminant = c1.multiply(c1, EXACT)
                    .subtract(BigDecimal.valueOf(4).multiply(c2).multiply(c0), EXACT);
            return Expressions.same(discriminant, BigDecimal.ZERO) ? 1 : discriminant.signum() > 0 ? 2 : 0;
        }
    }
}
