package dev.cermin.cli;

import dev.cermin.agent.Agents;
import dev.cermin.bench.LoadRun;
import dev.cermin.flow.Submissions;
import dev.cermin.store.OwnerAccess;
import dev.cermin.store.TraceStore;
import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Measures loops with a model that takes no time, everything stored, beside raw Kafka and raw Postgres.",
            "Its data lies in the folder bench of Cermin's home, apart from yours.",
            "./cermin bench peers measures others beside it, ./cermin bench scale what it depends on."
        },
        subcommands = {
            BenchEngineCommand.class,
            BenchLoadCommand.class,
            BenchScoringCommand.class,
            BenchSoakCommand.class,
            BenchTracesCommand.class,
            BenchVerifyCommand.class
        },
        mixinStandardHelpOptions = true)
final class BenchCommand extends ServiceCommand {
    @Option(names = "--loops", paramLabel = "N", description = "For each throughput figure; default: ${DEFAULT-VALUE}")
    private int loops = 10_000;

    @Override
    Stores stores() {
        return Stores.BOTH;
    }

    @Override
    Path home(Path usual) {
        return usual.resolve("bench");
    }

    @Override
    Map<String, String> settings() {
        return load();
    }

    /** What a load run sets where the user says nothing. */
    static Map<String, String> load() {
        return Map.of(
                "cermin.models.instant.provider", "instant",
                "cermin.lanes.intake.concurrency", "256",
                "cermin.lanes.generate.concurrency", "256",
                "cermin.lanes.reflect.concurrency", "256",
                "cermin.lanes.correct.concurrency", "256",
                "quarkus.http.port", String.valueOf(Services.anyPort()),
                "quarkus.log.level", "WARN");
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, SQLException {
        System.out.printf("Ready after %.1f s%n", Services.sinceStart().toMillis() / 1e3);
        new LoadRun(
                        Services.get(Submissions.class),
                        Services.get(Agents.class),
                        Services.get(TraceStore.class),
                        Services.get(AgroalDataSource.class),
                        Services.get(OwnerAccess.class),
                        Services.setting("kafka.bootstrap.servers"))
                .run(loops);
        return 0;
    }
}
