package dev.cermin.cli;

import dev.cermin.embedded.CerminHome;
import dev.cermin.faults.FaultReport;
import dev.cermin.faults.FaultRun;
import dev.cermin.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "faults",
        description = {
            "Kills, pauses and cuts off services and stores while tasks run, and checks that none is lost or done twice.",
            "The services are this application as processes of their own, with a Kafka and a Postgres of their own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all holds", "1:something doesn't; the report names the tasks", "2:called wrongly"},
        footerHeading = "%nThe long form:%n",
        footer = "  cermin faults --loops 50000 --faults 500 --seed 1 --report faults.json",
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {
    @Option(names = "--seed", paramLabel = "N", description = "Of the schedule; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--loops", paramLabel = "N", description = "Tasks in all; default: ${DEFAULT-VALUE}")
    private int loops = 400;

    @Option(names = "--faults", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int faults = 12;

    @Option(names = "--workers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int workers = 2;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "Mean time between two faults; default: ${DEFAULT-VALUE}")
    private double every = 3;

    @Option(
            names = "--repeat",
            split = ",",
            paramLabel = "WHAT",
            description = "Messages that are sent again, of ${COMPLETION-CANDIDATES}; default: all")
    private Set<FaultRun.Repeat> repeats = EnumSet.allOf(FaultRun.Repeat.class);

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report as JSON")
    private @Nullable Path report;

    @Option(names = "--keep", description = "Keeps data and logs also where all holds")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException, ExecutionException {
        Path folder = CerminHome.resolve().resolve("faults");
        delete(folder);
        FaultReport found = new FaultRun(
                        new FaultRun.Options(
                                folder,
                                seed,
                                loops,
                                faults,
                                workers,
                                Duration.ofMillis((long) (every * 1_000)),
                                repeats),
                        text -> System.err.println("cermin: " + text))
                .run();
        System.out.println(found.text());
        if (report != null) {
            Files.writeString(report, Json.text(found));
        }
        if (found.holds() && !keep) {
            delete(folder);
        }
        return found.holds() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
