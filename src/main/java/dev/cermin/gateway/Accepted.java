package dev.cermin.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The tasks that this gateway accepted lately: they are known before the recorder has stored them. Thread-safe. */
@ApplicationScoped
class Accepted {
    private static final int REMEMBERED = 100_000;

    private final Map<UUID, Boolean> ids = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    void add(UUID id) {
        ids.put(id, true);
    }

    boolean contains(UUID id) {
        return ids.containsKey(id);
    }
}
