package dev.cermin.cli;

import dev.cermin.bench.ScoringRun;
import dev.cermin.embedded.CerminHome;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.tune.score.Students;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "scoring",
        description = {
            "Measures texts scored a second, as a ratio to the engine's own passes over the same tokens, and what is saved"
                    + " on texts behind one prompt.",
            "Without an option the engine is Jlama with the bundled model."
        },
        mixinStandardHelpOptions = true)
final class BenchScoringCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Of either kind, short ones that take turns; default: ${DEFAULT-VALUE}")
    private int rounds = 30;

    @Override
    public Integer call() throws InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds is %d; at least 1 is expected".formatted(rounds));
        }
        try (ConfiguredModels models = new ConfiguredModels(
                Map.of("engine", engine.settings()), CerminHome.resolve().resolve("cache"))) {
            new ScoringRun(Students.of(models, "engine"), Math.max(1, models.concurrency("engine"))).run(rounds);
            return 0;
        } catch (RuntimeException | ExecutionException e) {
            System.err.println("cermin: " + Application.reason(e));
            return 1;
        }
    }
}
