package dev.cermin.problem;

import static dev.cermin.problem.Steps.product;
import static dev.cermin.problem.Steps.quotient;
import static dev.cermin.problem.Steps.signed;
import static dev.cermin.problem.Steps.sum;
import static dev.cermin.problem.Steps.term;
import static dev.cermin.problem.Steps.verdict;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code ax^2+bx+c=0} with the roots q/p and s/r, the lower first, and no factor in common: p and r from 1 to 3; a
 * numerator of at most 15 over 1, 13 over 2, 10 over 3.
 */
record Quadratic(Fraction low, Fraction high) implements Problem {
    private static final int[] MOST = {0, 15, 13, 10};

    static Quadratic any(RandomGenerator random) {
        return of(root(random), root(random));
    }

    private static Quadratic of(Fraction one, Fraction other) {
        return one.compareTo(other) <= 0 ? new Quadratic(one, other) : new Quadratic(other, one);
    }

    private static Fraction root(RandomGenerator random) {
        while (true) {
            int under = random.nextInt(1, 4);
            Fraction root = new Fraction(random.nextInt(-MOST[under], MOST[under] + 1), under);
            if (root.under() == under) {
                return root;
            }
        }
    }

    private int a() {
        return low.under() * high.under();
    }

    private int b() {
        return -(low.under() * high.over() + low.over() * high.under());
    }

    private int c() {
        return low.over() * high.over();
    }

    @Override
    public Family family() {
        return Family.QUADRATIC;
    }

    @Override
    public String question() {
        return term(a(), "x^2", true) + term(b(), "x", false) + term(c(), "", false) + "=0";
    }

    @Override
    public String answer() {
        return "x=" + low + "," + high;
    }

    @Override
    public String key() {
        return question();
    }

    @Override
    public String nearMiss(RandomGenerator random) {
        Quadratic wrong;
        do {
            wrong = switch (random.nextInt(5)) {
                case 0 -> of(negative(low), high);
                case 1 -> of(low, negative(high));
                case 2 -> of(negative(low), negative(high));
                case 3 -> of(beside(low, random), random.nextBoolean() ? high : beside(high, random));
                default -> of(low, beside(high, random));
            };
        } while (wrong.equals(this));
        return wrong.answer();
    }

    private static Fraction negative(Fraction root) {
        return new Fraction(-root.over(), root.under());
    }

    private static Fraction beside(Fraction root, RandomGenerator random) {
        int under = random.nextInt(3) == 0 ? random.nextInt(1, 4) : root.under();
        return new Fraction(root.over() + random.nextInt(-3, 4), under);
    }

    @Override
    public String check(String draft) {
        String[] roots = draft.startsWith("x=") ? draft.substring(2).split(",", -1) : new String[0];
        Fraction one = roots.length == 2 ? Fraction.of(roots[0]) : null;
        Fraction other = roots.length == 2 ? Fraction.of(roots[1]) : null;
        if (tooLarge(one) || tooLarge(other)) {
            return Steps.FORM;
        }
        int p = one.under();
        int q = -one.over();
        int r = other.under();
        int s = -other.over();
        String factors = factor(p, q) + factor(r, s) + ";";
        String square = product(p, r) + verdict(p * r, a());
        if (p * r != a()) {
            return factors + square;
        }
        String linear = product(p, s) + "," + product(q, r) + "," + sum(p * s, q * r) + verdict(p * s + q * r, b());
        if (p * s + q * r != b()) {
            return factors + square + ";" + linear;
        }
        return factors + square + ";" + linear + ";" + product(q, s) + verdict(q * s, c());
    }

    private static boolean tooLarge(@Nullable Fraction root) {
        return root == null || root.under() > 6 || Math.abs(root.over()) > 40;
    }

    private static String factor(int under, int over) {
        return "(" + term(under, "x", true) + signed(over) + ")";
    }

    /** By the discriminant, whose root is {@code |ps-qr|}. */
    @Override
    public String repair() {
        int a = a();
        int b = b();
        int ac = a * c();
        int root = Math.abs(low.under() * high.over() - low.over() * high.under());
        return product(b, b) + "," + product(a, c()) + "," + product(4, ac) + "," + sum(b * b, -4 * ac) + ","
                + product(root, root) + ";" + sum(-b, -root) + "," + quotient(-b - root, 2 * a) + ";" + sum(-b, root)
                + "," + quotient(-b + root, 2 * a);
    }
}
