package dev.cermin.problem;

import static dev.cermin.problem.Linear.nonZero;
import static dev.cermin.problem.Steps.difference;
import static dev.cermin.problem.Steps.product;
import static dev.cermin.problem.Steps.quotient;
import static dev.cermin.problem.Steps.sum;
import static dev.cermin.problem.Steps.term;
import static dev.cermin.problem.Steps.verdict;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** {@code ax+by=e,cx+dy=f}: factors from -5 to 5, not 0; one solution, whole numbers from -9 to 9. */
record EquationPair(int a, int b, int c, int d, int x, int y) implements Problem {
    static EquationPair any(RandomGenerator random) {
        while (true) {
            int a = nonZero(random, 5);
            int b = nonZero(random, 5);
            int c = nonZero(random, 5);
            int d = nonZero(random, 5);
            if (a * d != b * c) {
                return new EquationPair(a, b, c, d, random.nextInt(-9, 10), random.nextInt(-9, 10));
            }
        }
    }

    private int e() {
        return a * x + b * y;
    }

    private int f() {
        return c * x + d * y;
    }

    private static String equation(int x, int y, int sum) {
        return term(x, "x", true) + term(y, "y", false) + "=" + sum;
    }

    @Override
    public Family family() {
        return Family.PAIR;
    }

    @Override
    public String question() {
        return equation(a, b, e()) + "," + equation(c, d, f());
    }

    @Override
    public String answer() {
        return "x=" + x + ",y=" + y;
    }

    /** Either equation may stand first, and the unknowns may change names. */
    @Override
    public String key() {
        return Stream.of(
                        question(),
                        new EquationPair(c, d, a, b, x, y).question(),
                        new EquationPair(b, a, d, c, y, x).question(),
                        new EquationPair(d, c, b, a, y, x).question())
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String nearMiss(RandomGenerator random) {
        int wrongX;
        int wrongY;
        do {
            wrongX = x;
            wrongY = y;
            switch (random.nextInt(6)) {
                case 0 -> wrongX = -x;
                case 1 -> wrongY = -y;
                case 2 -> {
                    // right by one of the equations
                    wrongX += b;
                    wrongY -= a;
                }
                case 3 -> wrongX += random.nextInt(-3, 4);
                case 4 -> wrongY += random.nextInt(-3, 4);
                default -> {
                    wrongX += random.nextInt(-4, 5);
                    wrongY += random.nextInt(-4, 5);
                }
            }
        } while (wrongX == x && wrongY == y);
        return "x=" + wrongX + ",y=" + wrongY;
    }

    @Override
    public String check(String draft) {
        int comma = draft.indexOf(",y=");
        Integer first = draft.startsWith("x=") && comma > 0 ? Steps.number(draft.substring(2, comma), 2) : null;
        Integer second = comma > 0 ? Steps.number(draft.substring(comma + 3), 2) : null;
        if (first == null || second == null) {
            return Steps.FORM;
        }
        String one = substituted(a, first, b, second, e());
        return one.endsWith(Steps.BAD) ? one : one + ";" + substituted(c, first, d, second, f());
    }

    private static String substituted(int a, int x, int b, int y, int asked) {
        return product(a, x) + "," + product(b, y) + "," + sum(a * x, b * y) + verdict(a * x + b * y, asked);
    }

    /** x by Cramer's rule, then y from the first equation. */
    @Override
    public String repair() {
        int determinant = a * d - b * c;
        return product(a, d) + "," + product(b, c) + "," + difference(a * d, b * c) + ";" + product(e(), d) + ","
                + product(b, f()) + "," + difference(e() * d, b * f()) + ";" + quotient(x * determinant, determinant)
                + ";" + product(a, x) + "," + difference(e(), a * x) + "," + quotient(b * y, b);
    }
}
