package dev.cermin.gateway;

import dev.cermin.security.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tasks that this gateway accepted lately: they are known before the recorder has stored them, to callers of their
 * tenant. Thread-safe.
 */
@ApplicationScoped
class Accepted {
    private static final int REMEMBERED = 100_000;

    private final Callers callers;
    private final Map<UUID, String> tenants = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    Accepted(Callers callers) {
        this.callers = callers;
    }

    void add(UUID id, String tenant) {
        tenants.put(id, tenant);
    }

    boolean contains(UUID id) {
        String tenant = tenants.get(id);
        return tenant != null && callers.current().isOf(tenant);
    }
}
