package dev.cermin.cli;

import dev.cermin.eval.report.Comparison;
import dev.cermin.eval.report.Report;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Compares two reports of the same items, pair by pair.",
            "Exit code 0: compared; 1: they can't be; 3: with --fail-if-worse, the later one is significantly worse."
        },
        mixinStandardHelpOptions = true)
final class EvalCompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A report.json, or its folder")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "A report.json, or its folder")
    private Path after;

    @Option(names = "--json", description = "Prints the comparison as JSON")
    private boolean json;

    @Option(names = "--fail-if-worse", description = "Exit code 3 where the later one is significantly worse")
    private boolean failIfWorse;

    @Override
    public Integer call() {
        try {
            Comparison comparison = Comparison.of(read(before), read(after));
            System.out.println(json ? comparison.json() : comparison.text());
            return failIfWorse && comparison.worse() ? EvalOutput.UNDER : 0;
        } catch (IllegalArgumentException | CommandFailure e) {
            System.err.println("cermin: " + e.getMessage());
            return 1;
        }
    }

    private static Report read(Path given) {
        Path file = Files.isDirectory(given) ? given.resolve("report.json") : given;
        try {
            return Report.read(Files.readString(file));
        } catch (IOException e) {
            throw new CommandFailure(
                    "%s can't be read; a report.json of an evaluation is expected: %s".formatted(file, e));
        } catch (JsonException e) {
            throw new CommandFailure("%s is no report of an evaluation: %s".formatted(file, Application.reason(e)));
        }
    }
}
