package dev.cermin.eval.report;

import org.jspecify.annotations.Nullable;

/**
 * How many answers are right under one convention.
 *
 * @param convention its name
 * @param right answers that got every point
 * @param of all items that are done, failed ones among them
 * @param share {@code right / of}, 0 to 1; 0 where no item is done
 * @param interval of the share, by Wilson's score
 * @param points where items have several, such as IFEval's instructions; else null
 */
public record Accuracy(
        String convention,
        int right,
        int of,
        double share,
        Interval interval,
        @Nullable Points points) {
    static Accuracy of(String convention, int right, int of, @Nullable Points points) {
        return new Accuracy(convention, right, of, share(right, of), Statistics.wilson(right, of), points);
    }

    private static double share(int right, int of) {
        return of == 0 ? 0 : (double) right / of;
    }

    /**
     * The points of all items together. They have no interval: an item's points are not independent of each other.
     *
     * @param right points that were got
     * @param of all there are; a failed item counts those that another of its answers has, else one
     * @param share {@code right / of}, 0 to 1
     */
    public record Points(int right, int of, double share) {
        static Points of(int right, int of) {
            return new Points(right, of, Accuracy.share(right, of));
        }
    }
}
