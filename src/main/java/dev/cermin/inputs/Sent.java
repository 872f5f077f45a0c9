package dev.cermin.inputs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What was sent to the topics, by place, and the task that each was about, if that can be told. Thread-safe. */
final class Sent {
    private final Map<String, Map<String, String>> byTopic = new ConcurrentHashMap<>();
    final AtomicInteger tooLarge = new AtomicInteger();

    void add(String topic, int partition, long offset, @Nullable String task) {
        byTopic.computeIfAbsent(topic, t -> new ConcurrentHashMap<>())
                .put(partition + "-" + offset, task == null ? "" : task);
    }

    Set<String> topics() {
        return new TreeSet<>(byTopic.keySet());
    }

    /** Whether it was sent to that place. */
    boolean of(String topic, String place) {
        return byTopic.getOrDefault(topic, Map.of()).containsKey(place);
    }

    /** Task by place. */
    Map<String, String> of(String topic) {
        return new TreeMap<>(byTopic.getOrDefault(topic, Map.of()));
    }
}
