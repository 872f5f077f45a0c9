package dev.cermin.cli;

import dev.cermin.embedded.CerminHome;
import dev.cermin.faults.FaultReport;
import dev.cermin.faults.FaultRun;
import dev.cermin.inputs.InputsReport;
import dev.cermin.inputs.InputsRun;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "faults",
        description = {
            "Kills, pauses and cuts off services and stores while tasks run, and checks that none is lost or done twice.",
            "With --inputs, sends bad messages and requests instead, and checks that each is answered or set aside.",
            "The services are this application as processes of their own, with a Kafka and a Postgres of their own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all holds", "1:something doesn't; the report names the tasks", "2:called wrongly"},
        footerHeading = "%nThe long forms:%n",
        footer = {
            "  cermin faults --loops 50000 --faults 500 --seed 1 --report faults.json",
            "  cermin faults --inputs 100000 --seed 1 --report inputs.json"
        },
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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
            description =
                    "Messages that are sent again, of ${COMPLETION-CANDIDATES}; default: TASK,TRACE, as a copy of a step is worked again")
    private Set<FaultRun.Repeat> repeats = EnumSet.of(FaultRun.Repeat.TASK, FaultRun.Repeat.TRACE);

    @Option(names = "--inputs", paramLabel = "N", description = "Bad messages and requests, in place of faults")
    private int inputs;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report as JSON")
    private @Nullable Path report;

    @Option(names = "--keep", description = "Keeps data and logs also where all holds")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException, ExecutionException {
        if (loops < 1 || faults < 0 || workers < 1 || every <= 0 || inputs < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--loops, --workers and --every are above 0, --faults and --inputs from 0");
        }
        Path folder = CerminHome.resolve().resolve("faults");
        delete(folder);
        return inputs > 0 ? inputs(folder) : faults(folder);
    }

    private int faults(Path folder) throws IOException, InterruptedException, SQLException, ExecutionException {
        FaultRun.Options options = new FaultRun.Options(
                folder, seed, loops, faults, workers, Duration.ofMillis((long) (every * 1_000)), repeats);
        FaultReport found = new FaultRun(options, FaultsCommand::told).run();
        return end(found.text(), found, found.holds(), folder);
    }

    private int inputs(Path folder) throws IOException, InterruptedException, SQLException, ExecutionException {
        InputsReport found =
                new InputsRun(folder, seed, inputs, FaultsCommand::told).run(FaultRun.QUICK_START, FaultRun.INSTANT);
        return end(found.text(), found, found.holds(), folder);
    }

    private static void told(String text) {
        System.err.println("cermin: " + text);
    }

    private int end(String text, Object found, boolean holds, Path folder) throws IOException {
        System.out.println(text);
        if (report != null) {
            Files.writeString(report, Json.text(found));
        }
        if (holds && !keep) {
            delete(folder);
        }
        return holds ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    static void delete(Path folder) throws IOException {
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
