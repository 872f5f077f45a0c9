package dev.cermin.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A name that stands for the best of several models, chosen anew for each call. Models that are down come last, then those
 * where the call would have to wait; the preference decides among equals. Where the best fails, the next is asked.
 *
 * @param models to choose from, in order; empty: all that have the tags
 * @param tags that a model must have, all of them
 * @param roleTags the same for one role, in place of {@code tags}: {@code generate}, {@code correct}, {@code reflect}
 * @param prefer by what they are ordered
 * @param maxQueue so many calls may wait for a model before one without a queue goes before it, from 0
 */
public record Route(
        List<String> models, Set<String> tags, Map<String, Set<String>> roleTags, Prefer prefer, int maxQueue) {
    private static final Set<String> ROLES = Set.of("generate", "correct", "reflect");

    /** By what models are ordered. */
    public enum Prefer {
        /** As they are listed; without a list, by name. */
        ORDER("the first"),
        /** The lowest sum of both prices. */
        PRICE("the cheapest"),
        /** The shortest mean time of an answer, recent ones weighing most; those not yet called come first. */
        LATENCY("the fastest"),
        /** The fewest calls in flight and waiting, in relation to its concurrency. */
        LOAD("the least busy");

        private final String words;

        Prefer(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public Route {
        models = List.copyOf(models);
        tags = new TreeSet<>(tags);
        roleTags = new TreeMap<>(roleTags);
        if (!ROLES.containsAll(roleTags.keySet())) {
            throw new IllegalArgumentException(
                    "A route knows the roles %s, not %s".formatted(new TreeSet<>(ROLES), roleTags.keySet()));
        }
        if (maxQueue < 0) {
            throw new IllegalArgumentException("A route's queue is 0 or more, not " + maxQueue);
        }
    }

    /** The first of these that is up. */
    public static Route of(String... models) {
        return new Route(List.of(models), Set.of(), Map.of(), Prefer.ORDER, 0);
    }

    /** The first by name of those that have all these tags. */
    public static Route tagged(String... tags) {
        return new Route(List.of(), Set.of(tags), Map.of(), Prefer.ORDER, 0);
    }

    public Route preferring(Prefer what) {
        return new Route(models, tags, roleTags, what, maxQueue);
    }

    /** What a model must have for this role, in place of the route's own tags. */
    public Route forRole(String role, String... needed) {
        Map<String, Set<String>> all = new TreeMap<>(roleTags);
        all.put(role, Set.of(needed));
        return new Route(models, tags, all, prefer, maxQueue);
    }

    /** What a model must have for a role. */
    Set<String> tags(String role) {
        return roleTags.getOrDefault(role, tags);
    }
}
