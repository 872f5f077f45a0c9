package dev.cermin.cli;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Runs the services until Ctrl-C.",
            "Without quarkus.datasource.jdbc.url or kafka.bootstrap.servers, a Postgres or a Kafka of its own is started."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand extends ServiceCommand {
    /** Then lanes have joined their groups, and what the start compiled is compiled. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port; default: 8080; 0: any that is free")
    private int port = 8080;

    private static Set<String> roles() {
        String roles = ConfigProvider.getConfig()
                .getOptionalValue("cermin.roles", String.class)
                .orElse("all");
        return Arrays.stream(roles.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static boolean plays(String... any) {
        Set<String> roles = roles();
        return roles.contains("all") || Arrays.stream(any).anyMatch(roles::contains);
    }

    @Override
    Stores stores() {
        return plays("gateway", "recorder") ? Stores.BOTH : Stores.KAFKA;
    }

    /** Only the recorder reads the traces to store them, and a worker needs no database. */
    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (Launch.isUnset("quarkus.http.port")) {
            settings.put("quarkus.http.port", String.valueOf(port == 0 ? Services.anyPort() : Services.port(port)));
        }
        settings.put("mp.messaging.incoming.traces.enabled", String.valueOf(plays("recorder")));
        // a producer that nobody uses has threads and buffers all the same
        if (!plays("gateway")) {
            settings.put("mp.messaging.outgoing.tasks.enabled", "false");
            settings.put("mp.messaging.outgoing.control.enabled", "false");
        }
        if (!plays("recorder")) {
            settings.put("mp.messaging.outgoing.dead-letters.enabled", "false");
            settings.put("mp.messaging.outgoing.checkpoints.enabled", "false");
        }
        if (!plays("gateway", "recorder")) {
            settings.put("quarkus.datasource.active", "false");
            settings.put("quarkus.hibernate-orm.active", "false");
            settings.put("quarkus.flyway.active", "false");
        }
        return settings;
    }

    @Override
    public Integer call() {
        Services.announce();
        System.out.printf(
                "Cermin serves at %s after %.1f s: POST /api/tasks, pages at /traces, API at /q/openapi. Ctrl-C stops.%n",
                Services.url(), Services.sinceStart().toMillis() / 1e3);
        StartMemory.giveBackAfter(SETTLED);
        Quarkus.waitForExit();
        return 0;
    }
}
