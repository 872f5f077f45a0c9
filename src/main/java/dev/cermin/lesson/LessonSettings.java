package dev.cermin.lesson;

import java.time.Duration;
import java.util.Objects;

/**
 * How lessons are drawn, kept and recalled.
 *
 * @param mostRecalled lessons for one task at most, 1 or more; default 3
 * @param timeToLive from the last time that a lesson was drawn, longer than 0, at most 36,500 days; default 30 days
 * @param threshold the similarity from which a lesson is recalled, in [0, 1]; default 0.4, which fits the default similarity
 * @param capacity lessons of one agent and tenant at most, 1 or more: the one drawn longest ago goes first; default 1000
 * @param similarity default {@link Similarity#lexical()}
 * @param drawer default {@link Drawer#corrected()}
 */
public record LessonSettings(
        int mostRecalled, Duration timeToLive, double threshold, int capacity, Similarity similarity, Drawer drawer) {
    public static final LessonSettings DEFAULT = builder().build();

    public LessonSettings {
        Objects.requireNonNull(similarity, "similarity");
        Objects.requireNonNull(drawer, "drawer");
        require(mostRecalled >= 1, "mostRecalled is 1 or more, not " + mostRecalled);
        require(
                timeToLive.isPositive() && timeToLive.compareTo(Duration.ofDays(36_500)) <= 0,
                "timeToLive is longer than 0 and at most 36,500 days, not " + timeToLive);
        require(threshold >= 0 && threshold <= 1, "threshold is in [0, 1], not " + threshold);
        require(capacity >= 1, "capacity is 1 or more, not " + capacity);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts from the defaults. Not thread-safe. */
    public static final class Builder {
        private int mostRecalled = 3;
        private Duration timeToLive = Duration.ofDays(30);
        private double threshold = 0.4;
        private int capacity = 1000;
        private Similarity similarity = Similarity.lexical();
        private Drawer drawer = Drawer.corrected();

        private Builder() {}

        /** Lessons for one task at most; default 3. */
        public Builder mostRecalled(int lessons) {
            this.mostRecalled = lessons;
            return this;
        }

        /** From the last time that a lesson was drawn to its expiry; default 30 days. */
        public Builder timeToLive(Duration time) {
            this.timeToLive = time;
            return this;
        }

        /** The similarity from which a lesson is recalled, in [0, 1]; default 0.4. */
        public Builder threshold(double least) {
            this.threshold = least;
            return this;
        }

        /** Lessons of one agent and tenant at most; default 1000. */
        public Builder capacity(int lessons) {
            this.capacity = lessons;
            return this;
        }

        /** Default {@link Similarity#lexical()}; another one wants a threshold of its own. */
        public Builder similarity(Similarity similarity) {
            this.similarity = similarity;
            return this;
        }

        /** Default {@link Drawer#corrected()}. */
        public Builder drawer(Drawer drawer) {
            this.drawer = drawer;
            return this;
        }

        /** @throws IllegalArgumentException where a value is out of its range */
        public LessonSettings build() {
            return new LessonSettings(mostRecalled, timeToLive, threshold, capacity, similarity, drawer);
        }
    }
}
