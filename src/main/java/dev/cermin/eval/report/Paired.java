package dev.cermin.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Two ways to answer the same items, under the convention that decides.
 *
 * @param before the one that is compared with
 * @param after the one that is looked at
 * @param bothRight items
 * @param bothWrong items
 * @param gained ids of the items that go from wrong to right
 * @param lost ids of the items that go from right to wrong
 * @param difference after's share of right answers less before's, -1 to 1
 * @param interval of the difference, by Newcombe's method for paired shares
 * @param p of McNemar's test, exact and two-sided: how likely flips as uneven as these are by chance
 * @param says it in words: which is better and by how many points, or {@code no significant difference} from p = 0.05
 */
public record Paired(
        String before,
        String after,
        int bothRight,
        int bothWrong,
        List<String> gained,
        List<String> lost,
        double difference,
        Interval interval,
        double p,
        String says) {
    /** From this p-value on a difference is called none. */
    static final double SIGNIFICANCE = 0.05;

    /** With fewer flips even all of them in one direction have a higher p-value. */
    private static final int FEWEST_FLIPS = 6;

    public Paired {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
    }

    static <T> Paired of(
            String before,
            String after,
            List<T> items,
            Function<T, String> id,
            Predicate<T> rightBefore,
            Predicate<T> right) {
        List<String> gained = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        int both = 0;
        int neither = 0;
        for (T item : items) {
            boolean was = rightBefore.test(item);
            boolean is = right.test(item);
            if (was && is) {
                both++;
            } else if (is) {
                gained.add(id.apply(item));
            } else if (was) {
                lost.add(id.apply(item));
            } else {
                neither++;
            }
        }
        int up = gained.size();
        int down = lost.size();
        double difference = items.isEmpty() ? 0 : (double) (up - down) / items.size();
        double p = Statistics.mcnemar(up, down);
        return new Paired(
                before,
                after,
                both,
                neither,
                gained,
                lost,
                difference,
                Statistics.difference(both, up, down, neither),
                p,
                says(before, after, difference, up + down, p));
    }

    public int items() {
        return bothRight + bothWrong + gained.size() + lost.size();
    }

    public boolean significant() {
        return p < SIGNIFICANCE;
    }

    private static String says(String before, String after, double difference, int flips, double p) {
        if (p < SIGNIFICANCE) {
            return "%s is better by %s points (%s)"
                    .formatted(difference > 0 ? after : before, Words.points(Math.abs(difference)), Words.p(p));
        }
        return "no significant difference (%s%s)"
                .formatted(
                        Words.p(p),
                        flips < FEWEST_FLIPS ? "; fewer than %d flips can't show one".formatted(FEWEST_FLIPS) : "");
    }
}
