package dev.cermin.cli;

import dev.cermin.embedded.CerminHome;
import dev.cermin.embedded.RunFile;
import dev.cermin.flow.DeadLetters;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka a command reads: the one given, the configured one, or that of the services that run in this home. */
final class KafkaOptions {
    private static final String PREFIX = "kafka.";
    private static final String BOOTSTRAP = "bootstrap.servers";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka; default: kafka.bootstrap.servers, else that of the services that run here")
    private @Nullable String servers;

    DeadLetters deadLetters() {
        Map<String, Object> settings = new HashMap<>();
        Config config = ConfigProvider.getConfig();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(name.substring(PREFIX.length()), value));
            }
        }
        if (servers != null) {
            settings.put(BOOTSTRAP, servers);
        } else if (Launch.isUnset(PREFIX + BOOTSTRAP)) {
            settings.put(BOOTSTRAP, running());
        }
        return new DeadLetters(settings);
    }

    private static String running() {
        return RunFile.read(CerminHome.resolve())
                .map(RunFile::bootstrapServers)
                .filter(address -> !address.isBlank())
                .orElseThrow(() -> new CommandFailure(
                        "No Kafka is known: no services run in %s. Start them, or give --bootstrap-servers HOST:PORT"
                                .formatted(CerminHome.resolve())));
    }
}
