package dev.cermin.peers;

import dev.cermin.embedded.CerminHome;
import dev.cermin.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Kafka and a Postgres that begin empty, in a folder of their own that goes with them. */
final class Stores implements AutoCloseable {
    private final Path home;
    private final EmbeddedStores stores;

    private Stores(Path home, EmbeddedStores stores) {
        this.home = home;
        this.stores = stores;
    }

    static Stores fresh() throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(CerminHome.resolve()), "bench-peers-");
        return new Stores(
                home,
                EmbeddedStores.start(
                        EmbeddedStores.Options.of(home).withStores(true, true).withTopics(Map.of())));
    }

    Server server() {
        Map<String, String> settings = stores.settings();
        return new Server(
                stores.bootstrapServers(),
                stores.jdbcUrl(),
                settings.get("quarkus.flyway.username"),
                settings.get("quarkus.flyway.password"));
    }

    @Override
    public void close() throws IOException {
        stores.close();
        try (Stream<Path> all = Files.walk(home)) {
            List<Path> inner = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inner) {
                Files.delete(path);
            }
        }
    }
}
