package dev.cermin.cli;

import dev.cermin.embedded.CerminHome;
import dev.cermin.embedded.EmbeddedStores;
import dev.cermin.embedded.PostgresAccess;
import dev.cermin.embedded.RunFile;
import dev.cermin.embedded.StoresException;
import dev.cermin.flow.Topics;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the embedded stores where none are configured, then the services; stops them in the other order. */
final class Launch {
    private static final Logger LOG = Logger.getLogger(Launch.class);
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String TRACING_OFF = "quarkus.otel.sdk.disabled";
    private static final String SPANS_TO = "quarkus.otel.exporter.otlp.endpoint";
    private static final String TRACES_TO = "quarkus.otel.exporter.otlp.traces.endpoint";
    /** Of the application's own settings, which every user's go before. */
    private static final int OWN = 250;

    private static final String BOOTSTRAP = "kafka.bootstrap.servers";

    private Launch() {}

    static void run(ServiceCommand command, String... args) {
        EmbeddedStores stores;
        Path home;
        try {
            home = command.home(CerminHome.resolve());
            System.setProperty("cermin.home", home.toString());
            Map<String, String> settings = new TreeMap<>(command.settings());
            stores = stores(command, home, settings);
            settings.forEach((key, value) -> {
                if (isUnset(key)) {
                    System.setProperty(key, value);
                }
            });
            if (isTraced(ConfigProvider.getConfig())) {
                System.setProperty(TRACING_OFF, "false");
            }
            if (!isUnset("quarkus.oidc.auth-server-url") && isUnset("quarkus.oidc.tenant-enabled")) {
                System.setProperty("quarkus.oidc.tenant-enabled", "true");
            }
        } catch (StoresException | CommandFailure e) {
            System.err.println("cermin: " + e.getMessage());
            System.exit(1);
            return;
        }
        // the stores stop only when Quarkus has: what it holds open there ends in order
        CountDownLatch stopped = new CountDownLatch(1);
        if (stores != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(stores, home, stopped), "cermin-stores-close"));
            stores.onDeath(() -> {
                System.err.println("cermin: the embedded stores ended unexpectedly; see " + home.resolve("logs")
                        + ". Accepted tasks go on at the next start.");
                Runtime.getRuntime().halt(1);
            });
        }
        Quarkus.run(
                Application.class,
                (code, error) -> {
                    stopped.countDown();
                    if (error != null) {
                        LOG.debug("The services did not start", error);
                        System.err.println("cermin: " + Application.reason(error));
                    }
                    System.exit(error != null && code == 0 ? 1 : code);
                },
                args);
    }

    private static void close(EmbeddedStores stores, Path home, CountDownLatch stopped) {
        try {
            if (!stopped.await(30, TimeUnit.SECONDS)) {
                System.err.println("cermin: the services did not stop within 30 s; stopping their stores");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RunFile.delete(home);
        stores.close();
    }

    private static @Nullable EmbeddedStores stores(ServiceCommand command, Path home, Map<String, String> settings) {
        boolean postgres = command.stores().postgres && isUnset(JDBC_URL);
        boolean kafka = command.stores().kafka && isUnset(BOOTSTRAP);
        if (postgres) {
            EmbeddedKey.addTo(settings, home);
        }
        if (!postgres && !kafka) {
            return null;
        }
        Optional<RunFile> running = RunFile.read(home);
        if (!command.stores().kafka && running.isPresent()) {
            // another command of this home runs: its Postgres is there to be read
            settings.put(JDBC_URL, running.get().jdbcUrl());
            settings.putAll(PostgresAccess.settings(home));
            return null;
        }
        EmbeddedStores stores = EmbeddedStores.start(EmbeddedStores.Options.of(home)
                .withStores(postgres, kafka)
                .withTopics(kafka ? Topics.plain() : Map.of())
                .withProgress(text -> System.err.println("cermin: " + text)));
        settings.putAll(stores.settings());
        if (kafka) {
            // the home's lock lets one worker run: its stable name lets it go on at once after a crash
            settings.put("cermin.worker.id", "embedded");
        }
        return stores;
    }

    /** Spans are made where the user says where they go, and doesn't say that none are to be made. */
    static boolean isTraced(Config config) {
        return (isUsers(config, SPANS_TO) || isUsers(config, TRACES_TO)) && !isUsers(config, TRACING_OFF);
    }

    private static boolean isUsers(Config config, String key) {
        var value = config.getConfigValue(key);
        return value.getValue() != null && !value.getValue().isBlank() && value.getSourceOrdinal() > OWN;
    }

    /** Quarkus has a default for Kafka's address, which says nothing of what the user wants. */
    static boolean isUnset(String key) {
        Config config = ConfigProvider.getConfig();
        var value = config.getConfigValue(key);
        return value.getValue() == null
                || value.getValue().isBlank()
                || value.getSourceOrdinal() < 100
                || (key.equals(BOOTSTRAP) && value.getValue().equals("localhost:9092"));
    }
}
