package dev.cermin.peers;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code ./cermin bench peers} and {@code ./cermin bench scale} start. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {Main.Peers.class, Main.Scale.class})
final class Main {
    private Main() {}

    public static void main(String... args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Command(
            name = "peers",
            description = {
                "Loops a second beside DBOS Transact, and beside other ways to carry them exactly once: each in a JVM of",
                "its own, one after the other, on the same Postgres and the same Kafka."
            },
            mixinStandardHelpOptions = true)
    static final class Peers implements Callable<Integer> {
        @Option(names = "--loops", paramLabel = "N", description = "For each figure; default: ${DEFAULT-VALUE}")
        private int loops = 5_000;

        @Override
        public Integer call() throws Exception {
            new PeersRun(loops).run();
            return 0;
        }
    }

    @Command(
            name = "scale",
            description = {
                "Loops a second at a backlog against partitions, workers and the size of a loop's state, as a table and",
                "a picture; some ten minutes."
            },
            mixinStandardHelpOptions = true)
    static final class Scale implements Callable<Integer> {
        @Option(names = "--loops", paramLabel = "N", description = "For each point; default: ${DEFAULT-VALUE}")
        private int loops = 3_000;

        @Option(
                names = "--only",
                split = ",",
                paramLabel = "CURVE",
                description = "Of partitions, workers, concurrency, state; default: all")
        private Set<String> only = new TreeSet<>();

        @Option(names = "--out", paramLabel = "FILE", description = "A PNG; default: ${DEFAULT-VALUE}")
        private Path out = Path.of("scale.png");

        @Override
        public Integer call() throws Exception {
            new ScaleRun(loops, only, out).run();
            return 0;
        }
    }
}
