package dev.cermin.problem;

import static dev.cermin.problem.Steps.product;
import static dev.cermin.problem.Steps.sum;

import java.util.random.RandomGenerator;

/** {@code ab*cd}: both from 11 to 99. */
record Product(int left, int right) implements Problem {
    static Product any(RandomGenerator random) {
        return new Product(random.nextInt(11, 100), random.nextInt(11, 100));
    }

    @Override
    public Family family() {
        return Family.PRODUCT;
    }

    @Override
    public String question() {
        return left + "*" + right;
    }

    @Override
    public String answer() {
        return String.valueOf(left * right);
    }

    @Override
    public String key() {
        return Math.min(left, right) + "*" + Math.max(left, right);
    }

    @Override
    public String nearMiss(RandomGenerator random) {
        int value = left * right;
        int wrong;
        do {
            wrong = switch (random.nextInt(6)) {
                case 0 -> value + random.nextInt(-9, 10);
                case 1 -> value + random.nextInt(-5, 6) * 100;
                case 2 -> value + random.nextInt(-200, 201);
                case 3 -> (left + random.nextInt(-2, 3)) * (right + random.nextInt(-2, 3));
                default -> value + random.nextInt(-9, 10) * 10;
            };
        } while (wrong == value || wrong < 1);
        return String.valueOf(wrong);
    }

    @Override
    public boolean isSolvedBy(String draft) {
        return draft.equals(answer());
    }

    /** By casting out nines, then elevens: what is left of the draft is what is left of the product. */
    @Override
    public String check(String draft) {
        Integer value = Steps.number(draft, 5);
        if (value == null || value < 0) {
            return Steps.FORM;
        }
        String nines = rests(draft, 9);
        return nines.endsWith(Steps.BAD) ? nines : nines + ";" + rests(draft, 11);
    }

    private String rests(String draft, int of) {
        int asked = left % of * (right % of) % of;
        StringBuilder steps = new StringBuilder().append('%').append(of).append(' ');
        steps.append(left).append('=').append(digit(left % of)).append(',');
        steps.append(right).append('=').append(digit(right % of)).append(',');
        steps.append(digit(left % of)).append('*').append(digit(right % of));
        steps.append('=').append(digit(asked)).append(';');
        int rest = draft.charAt(0) - '0';
        for (int i = 1; i < draft.length(); i++) {
            int next = (10 * rest + draft.charAt(i) - '0') % of;
            steps.append(digit(rest)).append(draft.charAt(i)).append('=').append(digit(next));
            steps.append(i == draft.length() - 1 ? ';' : ',');
            rest = next;
        }
        rest %= of;
        return steps.append(digit(rest))
                .append(':')
                .append(digit(asked))
                .append(rest == asked ? Steps.OK : Steps.BAD)
                .toString();
    }

    /** X for ten, as in an ISBN. */
    private static String digit(int rest) {
        return rest == 10 ? "X" : String.valueOf(rest);
    }

    /** By columns: units, tens, hundreds, each with what the one before carries. */
    @Override
    public String repair() {
        int units = left % 10 * (right % 10);
        int one = left % 10 * (right / 10);
        int other = left / 10 * (right % 10);
        int tens = one + other + units / 10;
        int hundreds = left / 10 * (right / 10);
        return product(left % 10, right % 10) + "," + product(left % 10, right / 10) + ","
                + product(left / 10, right % 10) + "," + sum(one, other) + "," + sum(one + other, units / 10) + ","
                + product(left / 10, right / 10) + "," + sum(hundreds, tens / 10);
    }
}
