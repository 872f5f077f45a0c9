package dev.cermin.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An equation whose coefficients or roots have radicals, by exact algebra. */
final class ExactEquation implements Equation {
    private static final String X = "x";
    private static final Pattern NAME = Pattern.compile("\\p{L}");

    private final Algebra algebra = new Algebra();
    private final String left;
    private final String right;
    /** left − right. */
    private final Quotient difference;

    /** 0 where the difference is, and not at its poles. */
    private final Polynomial essence;

    private final int x;
    private final int degree;
    private final List<Stated> roots = new ArrayList<>();

    private record Stated(String text, Quotient value) {}

    /** @throws ArithmeticException where they are not the two sides of an equation in x, or that can't be told */
    ExactEquation(String left, String right) {
        this.left = left;
        this.right = right;
        algebra.name(X);
        x = algebra.symbol(X);
        difference = algebra.add(Formulas.compute(left, algebra), algebra.negate(Formulas.compute(right, algebra)));
        for (String name : algebra.names()) {
            if (!name.equals(X)) {
                throw new ArithmeticException("'" + name + "' is unknown; only x may be");
            }
        }
        essence = withoutPoles(difference);
        degree = essence.degree(x);
        decided(algebra.isZero(essence.coefficient(x, degree)), "whether the leading coefficient is 0");
    }

    private Polynomial withoutPoles(Quotient quotient) {
        Polynomial rest = quotient.over();
        if (quotient.under().degree(x) == 0 || rest.isZero()) {
            return rest;
        }
        if (!algebra.radicals().roots().isEmpty()) {
            throw new UndecidedException(
                    "an equation with both a radical and an x below the line is beyond this check");
        }
        for (int before = rest.degree(x) + 1; rest.degree(x) < before; ) {
            before = rest.degree(x);
            rest = algebra.withoutFactors(rest, quotient.under());
        }
        return rest;
    }

    @Override
    public void state(String root) {
        String text = Notation.explicit(root);
        if (NAME.matcher(root.replaceAll("sqrt|cbrt", "")).find()) {
            throw new ArithmeticException("'" + text + "' has an unknown in it");
        }
        Quotient value = Formulas.compute(root, algebra);
        if (!Expressions.isNumber(root) && algebra.rational(value).isPresent()) {
            throw new ArithmeticException(
                    "'" + text + "' is still to be computed: it is rational, so state a number or a fraction p/q");
        }
        for (Stated known : roots) {
            if (decided(
                    algebra.same(known.value(), value), "whether x=%s and x=%s differ".formatted(known.text(), text))) {
                return;
            }
        }
        roots.add(new Stated(text, value));
    }

    @Override
    public int stated() {
        return roots.size();
    }

    @Override
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (Stated root : roots) {
            algebra.bind(X, root.value());
            try {
                Quotient a = Formulas.compute(left, algebra);
                Quotient b = Formulas.compute(right, algebra);
                switch (algebra.same(a, b)) {
                    case YES -> {}
                    case NO ->
                        wrong.add("x=%s gives %s on the left and %s on the right"
                                .formatted(
                                        root.text(), Approximation.of(algebra, a, b), Approximation.of(algebra, b, a)));
                    case UNKNOWN -> wrong.add("Whether x=%s holds can't be decided".formatted(root.text()));
                }
            } catch (UndecidedException e) {
                wrong.add("Whether x=%s holds can't be decided: %s".formatted(root.text(), e.getMessage()));
            } catch (ArithmeticException e) {
                wrong.add("x=%s can't be substituted: %s".formatted(root.text(), e.getMessage()));
            } finally {
                algebra.unbind(X);
            }
        }
        return wrong;
    }

    @Override
    public boolean identity() {
        return difference.over().isZero();
    }

    @Override
    public boolean higher() {
        boolean underRoot = algebra.radicals().roots().stream()
                .anyMatch(root -> root.radicand().degree(x) > 0);
        return degree > 2 || underRoot;
    }

    @Override
    public int realRoots() {
        if (degree != 2 || higher()) {
            return Math.min(degree, 1);
        }
        Polynomial c2 = essence.coefficient(x, 2);
        Polynomial c1 = essence.coefficient(x, 1);
        Polynomial c0 = essence.coefficient(x, 0);
        Polynomial discriminant =
                algebra.product(c1, c1).minus(algebra.product(c2, c0).times(BigInteger.valueOf(4), BigInteger.ONE));
        if (decided(algebra.isZero(discriminant), "whether both roots are the same")) {
            return 1;
        }
        return Points.of(algebra)
                .findFirst()
                .flatMap(point -> point.values().clear(discriminant))
                .map(value -> value.signum() > 0 ? 2 : 0)
                .orElseThrow(() -> new UndecidedException("how many roots it has can't be told"));
    }

    private static boolean decided(Truth truth, String question) {
        if (truth == Truth.UNKNOWN) {
            throw new UndecidedException(question);
        }
        return truth == Truth.YES;
    }
}
