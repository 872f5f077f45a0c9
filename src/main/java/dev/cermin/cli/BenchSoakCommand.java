package dev.cermin.cli;

import dev.cermin.bench.SoakRun;
import dev.cermin.embedded.CerminHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "soak",
        description = {
            "Runs the services as separate processes at a steady load, and samples what memory each has resident.",
            "Exit code 1 where that did not stay within 5 %% of its mean in the second half."
        },
        mixinStandardHelpOptions = true)
final class BenchSoakCommand implements Callable<Integer> {
    @Option(names = "--minutes", paramLabel = "N", description = "Of load; default: ${DEFAULT-VALUE}")
    private double minutes = 30;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Loops a second; default: half of what is measured first, at a backlog")
    private double rate;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = CerminHome.resolve().resolve("soak");
        FaultsCommand.delete(folder);
        boolean flat = new SoakRun(folder, Duration.ofMillis((long) (minutes * 60_000)), rate).run();
        FaultsCommand.delete(folder);
        return flat ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
