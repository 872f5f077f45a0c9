package dev.cermin.flow;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Says which of the records that wait in a lane are to be begun at once. Thread-safe. */
final class Hurry {
    private final AtomicBoolean all = new AtomicBoolean();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    void all() {
        all.set(true);
    }

    void one(String key) {
        keys.add(key);
    }

    boolean none() {
        return !all.get() && keys.isEmpty();
    }

    /** By their keys, those that were meant since the last time. */
    Predicate<String> take() {
        if (all.getAndSet(false)) {
            keys.clear();
            return key -> true;
        }
        Set<String> taken = Set.copyOf(keys);
        keys.removeAll(taken);
        return key -> key != null && taken.contains(key);
    }
}
