package dev.cermin.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A filter as terms of the index.
 *
 * @param every facets that a task has all of
 * @param rounds of which it has one, as of the next two; null asks for nothing
 */
record Terms(
        List<String> every,
        @Nullable List<String> rounds,
        @Nullable List<String> scores,
        @Nullable List<String> costs) {
    /** From here on all corrections are one term. */
    private static final int MANY_ROUNDS = 20;

    private static final int SCORES = 20;
    private static final int LEAST_COST = -30;
    private static final int MOST_COST = 60;

    static Terms of(TraceFilter filter) {
        List<String> every = new ArrayList<>();
        add(every, "tenant", filter.tenant());
        add(every, "agent", filter.agent());
        add(every, "version", filter.version());
        add(every, "model", filter.model());
        add(every, "stop", filter.unfinished() ? "" : filter.stopReason());
        add(every, "accepted", filter.accepted());
        add(every, "label", filter.label());
        return new Terms(every, rounds(filter), scores(filter), costs(filter));
    }

    /** Whether what has these terms is what is meant; else it is to be looked at once more. */
    boolean exact() {
        return rounds == null && scores == null && costs == null;
    }

    private static void add(List<String> every, String name, @Nullable Object value) {
        if (value != null) {
            every.add(name + "=" + value);
        }
    }

    private static @Nullable List<String> rounds(TraceFilter filter) {
        if (filter.minRounds() == null && filter.maxRounds() == null) {
            return null;
        }
        int least = filter.minRounds() == null ? 0 : Math.min(MANY_ROUNDS, filter.minRounds());
        int most = filter.maxRounds() == null ? MANY_ROUNDS : Math.min(MANY_ROUNDS, filter.maxRounds());
        return range("rounds=", least, most);
    }

    private static @Nullable List<String> scores(TraceFilter filter) {
        if (filter.minScore() == null && filter.maxScore() == null) {
            return null;
        }
        int least = filter.minScore() == null ? 0 : (int) Math.floor(filter.minScore() * SCORES);
        int most = filter.maxScore() == null ? SCORES : (int) Math.floor(filter.maxScore() * SCORES);
        return range("score=", least, most);
    }

    private static @Nullable List<String> costs(TraceFilter filter) {
        if (filter.minCost() == null && filter.maxCost() == null) {
            return null;
        }
        int least =
                filter.minCost() == null ? LEAST_COST : power(filter.minCost().doubleValue()) - 1;
        int most = filter.maxCost() == null ? MOST_COST : power(filter.maxCost().doubleValue()) + 1;
        List<String> all = new ArrayList<>(range("cost=", Math.max(LEAST_COST, least), Math.min(MOST_COST, most)));
        if (filter.minCost() == null || filter.minCost().signum() == 0) {
            all.add("cost=");
        }
        return all;
    }

    private static int power(double cost) {
        return cost <= 0
                ? LEAST_COST
                : Math.clamp((long) Math.floor(Math.log(cost) / Math.log(2)), LEAST_COST, MOST_COST);
    }

    private static List<String> range(String name, int least, int most) {
        return IntStream.rangeClosed(least, most).mapToObj(i -> name + i).toList();
    }
}
