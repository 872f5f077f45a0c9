package dev.cermin.faults;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients know of their tasks. Times are {@link System#nanoTime}. Thread-safe. */
final class Ledger {
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger unanswered = new AtomicInteger();
    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<UUID, Long> results = new ConcurrentHashMap<>();
    private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger byRest = new AtomicInteger();
    private final AtomicInteger byTopic = new AtomicInteger();

    void acknowledged(UUID task, boolean rest) {
        (rest ? byRest : byTopic).incrementAndGet();
        acknowledged.putIfAbsent(task, System.nanoTime());
    }

    /** Somebody asked for its end. */
    void cancelled(UUID task) {
        cancelled.add(task);
    }

    void result(UUID task) {
        results.putIfAbsent(task, System.nanoTime());
    }

    Map<UUID, Long> acknowledged() {
        return acknowledged;
    }

    Map<UUID, Long> results() {
        return results;
    }

    Set<UUID> cancelled() {
        return cancelled;
    }

    int byRest() {
        return byRest.get();
    }

    int byTopic() {
        return byTopic.get();
    }

    boolean settled() {
        return results.keySet().containsAll(acknowledged.keySet());
    }
}
