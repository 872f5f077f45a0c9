package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.eval.Suite;
import dev.cermin.eval.report.Report;
import dev.cermin.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report goes, and what it decides. */
final class EvalOutput {
    /** Below what was asked for. */
    static final int UNDER = 3;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "For results, traces and reports; default: in the folder evaluations of Cermin's home, another for "
                            + "every suite, agent, model and seed")
    private @Nullable Path out;

    @Option(names = "--json", description = "Prints the report as JSON")
    private boolean json;

    @Option(
            names = "--fail-under",
            paramLabel = "PERCENT",
            description = "Exit code 3 where fewer answers are right in the end")
    private @Nullable Double failUnder;

    /** The same for the same run, so that it goes on there. */
    Path folder(Path home, List<Object> terms, String suite, String agent) {
        if (out != null) {
            return out;
        }
        String hash = AgentDefinition.hash(Json.bytes(terms.stream()
                .map(term -> term instanceof Suite items ? items.fingerprint() : term)
                .toList()));
        return home.resolve("evaluations").resolve("%s-%s-%s".formatted(suite, agent, hash.substring(0, 8)));
    }

    /** Prints it and writes it to the folder; the exit code. */
    int write(Report report, Path folder, String traces) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.json"), report.json());
            Files.writeString(folder.resolve("report.html"), report.html(traces));
        } catch (IOException e) {
            throw new CommandFailure("The report can't be written to %s: %s".formatted(folder, e));
        }
        System.out.println(json ? report.json() : report.text());
        System.err.printf("cermin: report.html, report.json and the results lie in %s%n", folder);
        if (failUnder != null && report.accuracy() < failUnder) {
            System.err.printf(
                    "cermin: %.1f %% are right, fewer than the %s %% asked for%n", report.accuracy(), failUnder);
            return UNDER;
        }
        return 0;
    }
}
