package dev.cermin.cli;

import dev.cermin.agent.Agents;
import dev.cermin.bench.TraceRun;
import dev.cermin.search.Traces;
import dev.cermin.store.TraceStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "traces",
        description = {
            "Measures how fast traces are found among many, and written beside them: pages, filters, full text.",
            "Its data lies in the folder bench-traces of Cermin's home, some 1.5 GB for a million steps. It stays, for a next"
                    + " run, till you delete it; only the first run compares with what is empty.",
            "Exit code 1 where a figure isn't what it has to be."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class BenchTracesCommand extends ServiceCommand {
    @Option(names = "--steps", paramLabel = "N", description = "To search among; default: ${DEFAULT-VALUE}")
    private long steps = 10_000_000;

    @Option(names = "--queries", paramLabel = "N", description = "Of each kind; default: ${DEFAULT-VALUE}")
    private int queries = 300;

    @Option(
            names = "--writes",
            paramLabel = "N",
            description = "Steps that are written before and after, to compare; default: ${DEFAULT-VALUE}")
    private int writes = 100_000;

    @Override
    Stores stores() {
        return Stores.BOTH;
    }

    @Override
    Path home(Path usual) {
        return usual.resolve("bench-traces");
    }

    @Override
    Map<String, String> settings() {
        return Map.of(
                "quarkus.http.port",
                String.valueOf(Services.port(0)),
                "quarkus.log.level",
                "WARN",
                "cermin.audit.interval",
                "5s");
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, SQLException {
        List<TraceRun.Figure> missed = new TraceRun(
                        Services.get(Traces.class),
                        Services.get(TraceStore.class),
                        BenchTracesCommand::owner,
                        Services.get(Agents.class).named("equations"))
                .run(steps, queries, writes).stream()
                        .filter(figure -> !figure.kept())
                        .toList();
        for (TraceRun.Figure figure : missed) {
            System.err.printf(
                    "cermin: %s is %.2f; %s %.2f is expected%n",
                    figure.name(), figure.value(), figure.least() ? "at least" : "at most", figure.most());
        }
        return missed.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static Connection owner() throws SQLException {
        return DriverManager.getConnection(
                Services.setting("quarkus.datasource.jdbc.url"),
                Services.setting("quarkus.flyway.username"),
                Services.setting("quarkus.flyway.password"));
    }
}
