package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An equation of decimals, by the values of left − right at a few points; exact for the integers and decimals that tasks
 * are made of. Roots are substituted.
 */
final class DecimalEquation implements Equation {
    private static final MathContext EXACT = MathContext.DECIMAL128;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Points off the integers too: there a polynomial of any degree may vanish. */
    private static final List<BigDecimal> PROBES =
            List.of(TWO.negate(), TWO, new BigDecimal("7.3"), new BigDecimal("-0.37"));

    private final String left;
    private final String right;
    private final BigDecimal c0;
    private final BigDecimal c1;
    private final BigDecimal c2;
    private final boolean higher;
    private final List<BigDecimal> roots = new ArrayList<>();

    /** @throws ArithmeticException where they are not the two sides of an equation in x */
    DecimalEquation(String left, String right) {
        this.left = left;
        this.right = right;
        c0 = difference(BigDecimal.ZERO);
        BigDecimal plus = difference(BigDecimal.ONE);
        BigDecimal minus = difference(BigDecimal.ONE.negate());
        c1 = plus.subtract(minus, EXACT).divide(TWO, EXACT);
        c2 = plus.add(minus, EXACT).divide(TWO, EXACT).subtract(c0, EXACT);
        higher = PROBES.stream().anyMatch(x -> {
            BigDecimal expected = c2.multiply(x).add(c1).multiply(x, EXACT).add(c0, EXACT);
            return !Expressions.same(difference(x), expected);
        });
    }

    private BigDecimal difference(BigDecimal x) {
        return Expressions.valueAt(left, x).subtract(Expressions.valueAt(right, x), EXACT);
    }

    @Override
    public void state(String root) {
        BigDecimal x = Expressions.number(root);
        if (roots.stream().noneMatch(known -> Expressions.same(known, x))) {
            roots.add(x);
        }
    }

    @Override
    public int stated() {
        return roots.size();
    }

    @Override
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (BigDecimal x : roots) {
            String stated = "x=" + Expressions.shown(x);
            try {
                BigDecimal a = Expressions.valueAt(left, x);
                BigDecimal b = Expressions.valueAt(right, x);
                if (!Expressions.same(a, b)) {
                    wrong.add("%s gives %s on the left and %s on the right"
                            .formatted(stated, Expressions.shown(a, b), Expressions.shown(b, a)));
                }
            } catch (ArithmeticException e) {
                wrong.add("%s can't be substituted: %s".formatted(stated, e.getMessage()));
            }
        }
        return wrong;
    }

    @Override
    public boolean identity() {
        return !higher && isZero(c2) && isZero(c1) && isZero(c0);
    }

    @Override
    public boolean higher() {
        return higher;
    }

    @Override
    public int realRoots() {
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
