package dev.cermin.cli;

import dev.cermin.embedded.CerminHome;
import dev.cermin.eval.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "traces",
        description = {
            "The same report from stored traces, wherever verifiers or a reviewer decided on every draft.",
            "No model is asked."
        },
        mixinStandardHelpOptions = true)
final class EvalTracesCommand extends ServiceCommand {
    @Mixin
    private EvalOutput output = new EvalOutput();

    @Option(names = "--agent", paramLabel = "NAME", required = true, description = "Whose tasks")
    private String agent;

    @Option(names = "--last", paramLabel = "N", description = "The latest tasks; default: ${DEFAULT-VALUE}")
    private int last = 1000;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "What reviewers decided, JSON Lines: {\"task\": ID, \"right\": true, \"by\": NAME}, for a draft that "
                            + "is not the answer with \"round\"; goes before the labels in the traces and the verifiers")
    private @Nullable Path labels;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() throws InterruptedException {
        StoredTraces stored = new StoredTraces(labels == null ? Labels.NONE : Labels.read(labels));
        Report report = Report.of(stored.results(agent, last));
        System.err.println("cermin: " + stored.told());
        Path folder = output.folder(CerminHome.resolve(), List.of(agent, last), "traces", agent);
        return output.write(report, folder, "http://localhost:8080/traces/{id}");
    }
}
