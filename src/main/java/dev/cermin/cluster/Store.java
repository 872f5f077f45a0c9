package dev.cermin.cluster;

import dev.cermin.embedded.EmbeddedStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kafka or Postgres, alone in a home of its own, at the same port after each start. */
public final class Store implements Part {
    private final String name;
    private final EmbeddedStores.Options options;
    private @Nullable EmbeddedStores stores;

    Store(String name, EmbeddedStores.Options options) {
        this.name = name;
        this.options = options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized List<ProcessHandle> processes() {
        if (stores == null) {
            return List.of();
        }
        List<ProcessHandle> all = new ArrayList<>();
        ProcessHandle.of(stores.pid()).filter(ProcessHandle::isAlive).ifPresent(all::add);
        Optional<ProcessHandle> server = options.postgres() ? stores.postgres() : Optional.empty();
        server.ifPresent(process -> {
            all.add(process);
            process.descendants().forEach(all::add);
        });
        return all;
    }

    /** Returns when it takes connections. */
    @Override
    public synchronized void launch() {
        if (stores == null || processes().isEmpty()) {
            stores = EmbeddedStores.start(options);
        }
    }

    @Override
    public synchronized void kill() {
        Signals.kill(processes());
    }

    synchronized Map<String, String> settings() {
        if (stores == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return stores.settings();
    }

    synchronized void close() {
        if (stores != null) {
            stores.close();
        }
    }
}
