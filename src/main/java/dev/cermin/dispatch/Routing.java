package dev.cermin.dispatch;

import dev.cermin.model.Price;
import dev.cermin.model.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Puts the models of one route in order, for one question. Immutable. */
final class Routing {
    private final String name;
    private final Route route;
    private final List<Pool> listed;

    /** @throws IllegalArgumentException where no model has the tags that are needed for some role */
    Routing(String name, Route route, Map<String, Pool> pools) {
        this.name = name;
        this.route = route;
        this.listed = route.models().isEmpty()
                ? List.copyOf(pools.values())
                : route.models().stream().map(pools::get).toList();
        for (String role : List.of("", "generate", "correct", "reflect")) {
            if (candidates(role).isEmpty()) {
                throw new IllegalArgumentException("Route '%s' finds no model%s with the tags %s among %s"
                        .formatted(
                                name,
                                role.isEmpty() ? "" : " to " + role,
                                route.tags(role),
                                listed.stream().map(Pool::name).toList()));
            }
        }
    }

    /** Whose capabilities are told as the route's. */
    Pool usual() {
        return candidates("generate").getFirst();
    }

    private List<Pool> candidates(String role) {
        Set<String> tags = route.tags(role);
        return listed.stream()
                .filter(pool -> pool.rules().tags().containsAll(tags))
                .toList();
    }

    List<Pool> order(Question question) {
        List<Ranked> ranked = new ArrayList<>();
        for (Pool pool : candidates(question.role())) {
            ranked.add(ranked(pool));
        }
        // the sort is stable: what is equal stays as it is listed
        ranked.sort(
                Comparator.comparing(Ranked::down).thenComparing(Ranked::busy).thenComparingDouble(Ranked::cost));
        if (ranked.size() > 1) {
            question.note(told(ranked));
        }
        return ranked.stream().map(Ranked::pool).toList();
    }

    /** What the order goes by, as it was at one moment: it changes while it is sorted. */
    private record Ranked(Pool pool, boolean down, boolean busy, double cost) {}

    private Ranked ranked(Pool pool) {
        int queue =
                pool.replicas().all().stream().mapToInt(Replica::queue).min().orElse(0);
        return new Ranked(pool, !pool.replicas().up(), queue > route.maxQueue(), cost(pool));
    }

    private double cost(Pool pool) {
        return switch (route.prefer()) {
            case ORDER -> 0;
            case PRICE -> price(pool.rules().price());
            case LATENCY ->
                pool.replicas().all().stream()
                        .mapToDouble(Replica::meanNanos)
                        .filter(nanos -> !Double.isNaN(nanos))
                        .average()
                        .orElse(0);
            case LOAD ->
                pool.replicas().all().stream().mapToDouble(Replica::load).min().orElse(0);
        };
    }

    private static double price(Price price) {
        return price.in().add(price.out()).doubleValue();
    }

    private String told(List<Ranked> ranked) {
        List<String> down = names(ranked, Ranked::down);
        List<String> busy = names(ranked, entry -> entry.busy() && !entry.down());
        return "%s: %s is %s of %s%s%s"
                .formatted(
                        name,
                        ranked.getFirst().pool().name(),
                        route.prefer().words(),
                        ranked.stream().map(entry -> entry.pool().name()).toList(),
                        down.isEmpty() ? "" : "; down are " + down,
                        busy.isEmpty() ? "" : "; busy are " + busy);
    }

    private static List<String> names(List<Ranked> ranked, Predicate<Ranked> which) {
        return ranked.stream().filter(which).map(entry -> entry.pool().name()).toList();
    }
}
