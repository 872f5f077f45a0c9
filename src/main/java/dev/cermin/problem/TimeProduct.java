package dev.cermin.problem;

import static dev.cermin.problem.Steps.difference;
import static dev.cermin.problem.Steps.product;
import static dev.cermin.problem.Steps.sum;
import static dev.cermin.problem.Steps.verdict;

import java.util.random.RandomGenerator;

/** {@code 3h47*6}: 1 to 9 hours, 1 to 59 minutes, 2 to 9 times. */
record TimeProduct(int hours, int minutes, int times) implements Problem {
    static TimeProduct any(RandomGenerator random) {
        return new TimeProduct(random.nextInt(1, 10), random.nextInt(1, 60), random.nextInt(2, 10));
    }

    private static String written(int minutes) {
        return "%dh%02d".formatted(minutes / 60, minutes % 60);
    }

    private int total() {
        return (60 * hours + minutes) * times;
    }

    @Override
    public Family family() {
        return Family.TIME;
    }

    @Override
    public String question() {
        return written(60 * hours + minutes) + "*" + times;
    }

    @Override
    public String answer() {
        return written(total());
    }

    @Override
    public String key() {
        return question();
    }

    @Override
    public String nearMiss(RandomGenerator random) {
        int wrong;
        do {
            wrong = switch (random.nextInt(6)) {
                case 0 -> total() + 60 * random.nextInt(-3, 4);
                case 1 -> total() + 10 * random.nextInt(-5, 6);
                case 2 -> total() + random.nextInt(-9, 10);
                // as if an hour had a hundred minutes
                case 3 -> 60 * (hours * times + minutes * times / 100) + minutes * times % 100 % 60;
                case 4 -> (60 * (hours + random.nextInt(-1, 2)) + minutes + random.nextInt(-2, 3)) * times;
                default -> total() + 60 * random.nextInt(-1, 2) + random.nextInt(-20, 21);
            };
        } while (wrong == total() || wrong < 0);
        return written(wrong);
    }

    @Override
    public String check(String draft) {
        int h = draft.indexOf('h');
        Integer whole = h < 0 ? null : Steps.number(draft.substring(0, h), 3);
        Integer rest = h < 0 || draft.length() != h + 3 ? null : twoDigits(draft.substring(h + 1));
        if (whole == null || whole < 0 || rest == null || rest > 59) {
            return Steps.FORM;
        }
        int all = minutes * times;
        int over = Math.floorMod(all - rest, 60);
        String part =
                product(minutes, times) + "," + difference(all, rest) + "," + division(all - rest) + verdict(over, 0);
        if (over != 0) {
            return part;
        }
        int carried = Math.floorDiv(all - rest, 60);
        int found = hours * times + carried;
        return part + ";" + product(hours, times) + "," + sum(hours * times, carried) + verdict(found, whole);
    }

    private static @org.jspecify.annotations.Nullable Integer twoDigits(String text) {
        return Character.isDigit(text.charAt(0)) && Character.isDigit(text.charAt(1)) ? Integer.valueOf(text) : null;
    }

    /** {@code 282/60=4r42}; the rest is never negative. */
    private static String division(int minutes) {
        return minutes + "/60=" + Math.floorDiv(minutes, 60) + "r" + Math.floorMod(minutes, 60);
    }

    @Override
    public String repair() {
        int all = minutes * times;
        return product(minutes, times) + "," + division(all) + "," + product(hours, times) + ","
                + sum(hours * times, all / 60);
    }
}
