package dev.cermin.cli;

import io.quarkus.runtime.Quarkus;
import java.util.Map;
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
    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port; default: 8080; 0: any that is free")
    private int port = 8080;

    @Override
    Stores stores() {
        return Stores.BOTH;
    }

    @Override
    Map<String, String> settings() {
        return Map.of("quarkus.http.port", String.valueOf(Services.port(port)));
    }

    @Override
    public Integer call() {
        Services.announce();
        System.out.printf(
                "Cermin serves at %s after %.1f s: POST /api/tasks, pages at /traces, API at /q/openapi. Ctrl-C stops.%n",
                Services.url(), Services.sinceStart().toMillis() / 1e3);
        Quarkus.waitForExit();
        return 0;
    }
}
