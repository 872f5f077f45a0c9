package dev.cermin.cli;

import dev.cermin.bench.VerifyRun;
import dev.cermin.integrity.Checkpointer;
import dev.cermin.integrity.LogVerifier;
import dev.cermin.store.TraceStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Measures how many steps a second ./cermin verify checks: in memory, and from Postgres.",
        mixinStandardHelpOptions = true)
final class BenchVerifyCommand extends ServiceCommand {
    @Option(names = "--loops", paramLabel = "N", description = "That are stored before; default: ${DEFAULT-VALUE}")
    private int loops = 30_000;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Path home(Path usual) {
        return usual.resolve("bench");
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, SQLException {
        new VerifyRun(Services.get(TraceStore.class), Services.get(Checkpointer.class), Services.get(LogVerifier.class))
                .run(loops);
        return ExitCodes.DONE;
    }
}
