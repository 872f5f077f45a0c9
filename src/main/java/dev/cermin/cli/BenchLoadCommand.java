package dev.cermin.cli;

import dev.cermin.agent.Agents;
import dev.cermin.bench.LoadRun;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.TaskRules;
import dev.cermin.store.OwnerAccess;
import dev.cermin.store.TraceStore;
import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        description = "One backlog of loops, for ./cermin bench scale: its figures alone.",
        hidden = true,
        mixinStandardHelpOptions = true)
final class BenchLoadCommand extends ServiceCommand {
    /** Less than a task's metadata may have, for it has a name there. */
    private static final int MOST_STATE = TaskRules.MAX_METADATA_BYTES - 1024;

    @Spec
    private CommandSpec spec;

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
        if (state > MOST_STATE) {
            throw new ParameterException(
                    spec.commandLine(), "--state is %d at most, not %d".formatted(MOST_STATE, state));
        }
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
