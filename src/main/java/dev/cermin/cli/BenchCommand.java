package dev.cermin.cli;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "bench", description = "Measures loops beside raw Kafka and Postgres.", mixinStandardHelpOptions = true)
final class BenchCommand extends ServiceCommand {
    @Override
    Stores stores() {
        return Stores.BOTH;
    }

    @Override
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Integer call() {
        return 1;
    }
}
