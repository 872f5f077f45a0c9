package dev.cermin.testing;

import dev.cermin.embedded.EmbeddedStores;
import dev.cermin.flow.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Postgres and a Kafka of their own for all tests of the services, which thus share one application. */
public final class StoresResource implements QuarkusTestResourceLifecycleManager {
    /** The process that holds Kafka. */
    public static final String STORES_PID = "test.stores-pid";

    private @Nullable EmbeddedStores stores;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "services-");
            Path agents = folder.resolve("agents and prompts");
            for (Path from : List.of(Path.of("src/test/resources/services"), Path.of("."))) {
                copy(from.resolve("agents"), agents.resolve("agents"));
                copy(from.resolve("prompts"), agents.resolve("prompts"));
            }
            stores = EmbeddedStores.start(
                    EmbeddedStores.Options.of(folder.resolve("home")).withTopics(Topics.all()));
            Map<String, String> settings = new TreeMap<>(stores.settings());
            settings.put(STORES_PID, String.valueOf(stores.pid()));
            settings.put("cermin.worker.id", "tested");
            settings.put("cermin.folder", agents.toString());
            settings.put(
                    "cermin.cache", Path.of("target", "cache").toAbsolutePath().toString());
            settings.put("quarkus.http.test-port", "0");
            // a step that kept its lane from polling would be found out after 6 s, not after 5 min
            settings.put("kafka.max.poll.interval.ms", "6000");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (stores != null) {
            stores.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
