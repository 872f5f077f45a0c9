package dev.cermin.cli;

import dev.cermin.agent.Agents;
import dev.cermin.bench.LoadRun;
import dev.cermin.flow.Submissions;
import dev.cermin.store.OwnerAccess;
import dev.cermin.store.TraceStore;
import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "load",
        description = "One backlog of loops, for ./cermin bench scale: its figures alone.",
        hidden = true,
        mixinStandardHelpOptions = true)
final class BenchLoadCommand extends ServiceCommand {
    @Option(names = "--loops", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int loops = 5_000;

    @Option(names = "--state", paramLabel = "N", description = "Characters that each task carries; default: 0")
    private int state;

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
        return BenchCommand.load();
    }

    @Override
    public Integer call() throws InterruptedException {
        new LoadRun(
                        Services.get(Submissions.class),
                        Services.get(Agents.class),
                        Services.get(TraceStore.class),
                        Services.get(AgroalDataSource.class),
                        Services.get(OwnerAccess.class),
                        Services.setting("kafka.bootstrap.servers"))
                .backlog(loops, state);
        return 0;
    }
}
