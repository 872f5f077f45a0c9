package dev.cermin.flow.admission;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who begins next. None does before its time. Of those whose time has come, the one with the highest priority does; among
 * equal ones, tenants take turns by their weights; of one tenant, the eldest goes first.
 *
 * <p>Priority is not free, or one tenant's flood of urgent tasks would starve all others: each task that begins is charged
 * to its tenant's share, and a tenant that is more than {@link #BURST} tasks ahead of the least served one (times its
 * weight) waits till that is level again, whatever its priorities. So shares converge to the weights.
 *
 * <p>Start-time fair queueing (Goyal, Vin and Cheng, 1996), with tasks as the unit of service. Not thread-safe.
 */
public final class Turns<T> {
    /** Tasks that a tenant of weight 1 may be ahead of its share, while others wait with a lower priority. */
    public static final int BURST = 100;

    private final ToIntFunction<String> weights;
    private final Map<UUID, Place<T>> places = new HashMap<>();
    private final TreeSet<Place<T>> early = new TreeSet<>(
            Comparator.<Place<T>, Instant>comparing(Place::startAt).thenComparingLong(place -> place.number));
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Queue<T>> queues = new HashMap<>();

    /** The queues that have something, by the priority of their first, the highest first. */
    private final NavigableMap<Integer, TreeSet<Queue<T>>> levels = new TreeMap<>(Comparator.reverseOrder());

    /** How far those were served who have nothing waiting now. */
    private final Map<String, Double> absent = new HashMap<>();

    private double served;
    private long arrivals;
    private long bytes;

    /** @param weights of tenants, from 1: one with 2 gets twice as much as one with 1 */
    public Turns(ToIntFunction<String> weights) {
        this.weights = weights;
    }

    /** Each is only itself, whatever it holds. */
    private static final class Place<T> {
        private final Candidate<T> waiting;
        private final long number;

        Place(Candidate<T> waiting, long number) {
            this.waiting = waiting;
            this.number = number;
        }

        Instant ready() {
            return waiting.ready();
        }

        Instant startAt() {
            return Objects.requireNonNull(waiting.startAt());
        }
    }

    /** Of one tenant. */
    private static final class Queue<T> {
        private final String tenant;
        private final int weight;
        private final TreeSet<Place<T>> places = new TreeSet<>(
                Comparator.<Place<T>, Integer>comparing(place -> place.waiting.priority(), Comparator.reverseOrder())
                        .thenComparing(Place::ready)
                        .thenComparingLong(place -> place.number));

        /** In tasks of a tenant with weight 1. */
        private double served;

        Queue(String tenant, int weight, double served) {
            this.tenant = tenant;
            this.weight = weight;
            this.served = served;
        }

        Place<T> first() {
            return places.first();
        }

        int priority() {
            return first().waiting.priority();
        }
    }

    /** @throws IllegalStateException where one with that id waits already */
    public void add(Candidate<T> waiting) {
        Place<T> place = new Place<>(waiting, arrivals++);
        if (places.putIfAbsent(waiting.id(), place) != null) {
            throw new IllegalStateException("Task %s waits already".formatted(waiting.id()));
        }
        count(waiting, 1);
        if (waiting.startAt() == null) {
            enqueue(place);
        } else {
            early.add(place);
        }
    }

    /** The next one, which then no longer waits; empty where none is due. */
    public Optional<Candidate<T>> next(Instant now) {
        while (!early.isEmpty() && early.first().waiting.isDue(now)) {
            enqueue(early.removeFirst());
        }
        Queue<T> queue = choose();
        if (queue == null) {
            return Optional.empty();
        }
        Place<T> place = queue.first();
        leave(queue, place, 1.0 / queue.weight);
        places.remove(place.waiting.id());
        count(place.waiting, -1);
        return Optional.of(place.waiting);
    }

    private @Nullable Queue<T> choose() {
        double least = Double.MAX_VALUE;
        for (TreeSet<Queue<T>> level : levels.values()) {
            least = Math.min(least, level.first().served);
        }
        if (levels.isEmpty()) {
            return null;
        }
        served = Math.max(served, least);
        for (TreeSet<Queue<T>> level : levels.values()) {
            if (level.first().served <= least + BURST) {
                return level.first();
            }
        }
        throw new IllegalStateException("The least served one is no more than level with itself");
    }

    private void enqueue(Place<T> place) {
        String tenant = place.waiting.tenant();
        Queue<T> queue = queues.get(tenant);
        if (queue == null) {
            // who comes back has saved up nothing, and owes what it was ahead
            Double before = absent.remove(tenant);
            double from = before == null ? served : Math.max(before, served);
            queue = new Queue<>(tenant, Math.max(1, weights.applyAsInt(tenant)), from);
            queues.put(tenant, queue);
        } else {
            withdraw(queue);
        }
        queue.places.add(place);
        offer(queue);
    }

    private void leave(Queue<T> queue, Place<T> place, double charge) {
        withdraw(queue);
        queue.places.remove(place);
        queue.served += charge;
        if (!queue.places.isEmpty()) {
            offer(queue);
            return;
        }
        queues.remove(queue.tenant);
        absent.put(queue.tenant, queue.served);
        if (queues.isEmpty()) {
            // nobody waited for anybody
            absent.clear();
        } else if (absent.size() > 2 * queues.size() + 100) {
            absent.values().removeIf(before -> before <= served);
        }
    }

    private void withdraw(Queue<T> queue) {
        int priority = queue.priority();
        TreeSet<Queue<T>> level = levels.get(priority);
        level.remove(queue);
        if (level.isEmpty()) {
            levels.remove(priority);
        }
    }

    private void offer(Queue<T> queue) {
        levels.computeIfAbsent(
                        queue.priority(),
                        priority -> new TreeSet<>(Comparator.<Queue<T>>comparingDouble(each -> each.served)
                                .thenComparing(each -> each.first().ready())
                                .thenComparingLong(each -> each.first().number)))
                .add(queue);
    }

    private void count(Candidate<T> waiting, int sign) {
        bytes += sign * waiting.bytes();
        counts.merge(waiting.tenant(), sign, (before, more) -> before + more == 0 ? null : before + more);
    }

    public boolean contains(UUID id) {
        return places.containsKey(id);
    }

    /** One that needs no turn: it no longer waits. */
    public Optional<Candidate<T>> take(UUID id) {
        Place<T> place = places.remove(id);
        if (place == null) {
            return Optional.empty();
        }
        Candidate<T> waiting = place.waiting;
        count(waiting, -1);
        Queue<T> queue = queues.get(waiting.tenant());
        if (queue != null && queue.places.contains(place)) {
            leave(queue, place, 0);
        } else {
            early.remove(place);
        }
        return Optional.of(waiting);
    }

    /** Those wait elsewhere from now on. */
    public void removeIf(Predicate<? super Candidate<T>> condition) {
        List<UUID> gone = places.values().stream()
                .map(place -> place.waiting)
                .filter(condition)
                .map(Candidate::id)
                .toList();
        gone.forEach(this::take);
    }

    public int size() {
        return places.size();
    }

    /** What it takes to keep all that wait. */
    public long bytes() {
        return bytes;
    }

    /** Whether {@link #next} has one. */
    public boolean hasDue(Instant now) {
        return !levels.isEmpty() || (!early.isEmpty() && early.first().waiting.isDue(now));
    }

    /** When the next one becomes due of those that aren't. */
    public Optional<Instant> nextDue() {
        return early.isEmpty() ? Optional.empty() : Optional.of(early.first().startAt());
    }

    /** How many wait, due or not, by tenant. */
    public Map<String, Integer> byTenant() {
        return Map.copyOf(counts);
    }
}
