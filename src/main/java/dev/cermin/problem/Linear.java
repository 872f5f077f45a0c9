package dev.cermin.problem;

import static dev.cermin.problem.Steps.difference;
import static dev.cermin.problem.Steps.product;
import static dev.cermin.problem.Steps.quotient;
import static dev.cermin.problem.Steps.sum;
import static dev.cermin.problem.Steps.term;
import static dev.cermin.problem.Steps.verdict;

import java.util.random.RandomGenerator;

/** {@code ax+b=cx+d}: a from -9 to 9, not 0; c likewise, not a; b from -30 to 30; a whole x from -12 to 12. */
record Linear(int a, int b, int c, int x) implements Problem {
    static Linear any(RandomGenerator random) {
        int a = nonZero(random, 9);
        int c;
        do {
            c = random.nextInt(-9, 10);
        } while (c == a);
        return new Linear(a, random.nextInt(-30, 31), c, random.nextInt(-12, 13));
    }

    static int nonZero(RandomGenerator random, int most) {
        int number = random.nextInt(-most, most);
        return number < 0 ? number : number + 1;
    }

    private int d() {
        return (a - c) * x + b;
    }

    @Override
    public Family family() {
        return Family.LINEAR;
    }

    @Override
    public String question() {
        return side(a, b) + "=" + side(c, d());
    }

    private static String side(int factor, int constant) {
        String side = term(factor, "x", true) + term(constant, "", factor == 0);
        return side.isEmpty() ? "0" : side;
    }

    @Override
    public String answer() {
        return "x=" + x;
    }

    @Override
    public String key() {
        String left = side(a, b);
        String right = side(c, d());
        return left.compareTo(right) <= 0 ? left + "=" + right : right + "=" + left;
    }

    @Override
    public String nearMiss(RandomGenerator random) {
        int wrong;
        do {
            wrong = switch (random.nextInt(6)) {
                case 0 -> -x + random.nextInt(-1, 2);
                case 1 -> x + random.nextInt(-10, 11);
                case 2 -> random.nextInt(-20, 21);
                default -> x + random.nextInt(-3, 4);
            };
        } while (wrong == x);
        return "x=" + wrong;
    }

    @Override
    public String check(String draft) {
        Integer root = draft.startsWith("x=") ? Steps.number(draft.substring(2), 2) : null;
        if (root == null) {
            return Steps.FORM;
        }
        int left = a * root + b;
        int right = c * root + d();
        return product(a, root) + "," + sum(a * root, b) + ";" + product(c, root) + "," + sum(c * root, d()) + ";"
                + left + verdict(left, right);
    }

    @Override
    public String repair() {
        return difference(a, c) + "," + difference(d(), b) + "," + quotient(d() - b, a - c);
    }
}
