package dev.cermin.flow.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Tasks that aren't due, by where they lie; what they are is read when their time has come. The latest place of a task is
 * the one that counts. Not thread-safe.
 *
 * @param <P> a partition
 */
public final class Delays<P> {
    private final Map<UUID, Delay<P>> byId = new HashMap<>();
    private final TreeSet<Delay<P>> byTime = new TreeSet<>(
            Comparator.<Delay<P>, Instant>comparing(Delay::startAt).thenComparing(Delay::id));

    /** One of them. */
    public record Delay<P>(UUID id, Instant startAt, P partition, long offset) {}

    public void put(Delay<P> delay) {
        remove(delay.id());
        byId.put(delay.id(), delay);
        byTime.add(delay);
    }

    public void remove(UUID id) {
        Delay<P> before = byId.remove(id);
        if (before != null) {
            byTime.remove(before);
        }
    }

    /** Makes it due at once, where it is one of these. */
    public void hasten(UUID id) {
        Delay<P> before = byId.get(id);
        if (before != null) {
            put(new Delay<>(id, Instant.EPOCH, before.partition(), before.offset()));
        }
    }

    /** Those whose time has come, the first of them first; they stay till they are removed. */
    public List<Delay<P>> due(Instant now, int most) {
        List<Delay<P>> due = new ArrayList<>();
        for (Delay<P> delay : byTime) {
            if (due.size() == most || delay.startAt().isAfter(now)) {
                break;
            }
            due.add(delay);
        }
        return due;
    }

    /** When the next one is due. */
    public Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().startAt());
    }

    public void removeIf(Predicate<? super Delay<P>> condition) {
        byId.values().stream().filter(condition).map(Delay::id).toList().forEach(this::remove);
    }

    public int size() {
        return byId.size();
    }
}
