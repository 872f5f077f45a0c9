package dev.cermin.cli;

import dev.cermin.json.Json;
import dev.cermin.text.Names;
import dev.cermin.tune.export.Export;
import dev.cermin.tune.export.ExportException;
import dev.cermin.tune.export.Exported;
import dev.cermin.tune.export.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "export",
        description = {
            "Writes selected samples and corrections for trainers, with a card of what is in them.",
            "Preferences and labels are written only where a verifier or a reviewer decided, never a critic."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_LINE,
            ExitCodes.FAILED_LINE,
            ExitCodes.WRONG_LINE,
            "3:a format that --format names has no rows"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cermin tune export --in selected.jsonl --format messages,alpaca --out set --licence cc-by-4.0",
            "  cermin tune export --in corrections.jsonl --out set"
        },
        mixinStandardHelpOptions = true)
final class TuneExportCommand implements Callable<Integer> {
    private static final int BROKEN_SHOWN = 5;

    @Option(
            names = "--in",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "A selected.jsonl, a corrections.jsonl, or several")
    private List<Path> in = List.of();

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "For the files and the card")
    private Path out;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "NAME",
            converter = Named.class,
            completionCandidates = Candidates.class,
            description = "Of ${COMPLETION-CANDIDATES}; default: all that have rows")
    private List<Format> formats = List.of();

    @Option(
            names = "--licence",
            paramLabel = "LICENCE",
            description = "Of the texts, for the card: an SPDX identifier or words; may be given several times")
    private List<String> licences = List.of();

    @Option(
            names = "--rule",
            paramLabel = "TEXT",
            description = "A rule that the set was made by, for the card; may be given several times")
    private List<String> rules = List.of();

    @Option(names = "--json", description = "Prints what was written as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Export export = Export.ofFiles(in);
        if (!formats.isEmpty()) {
            export.as(formats);
        }
        licences.forEach(export::licence);
        rules.forEach(export::rule);
        Exported exported;
        try {
            exported = export.write(out);
        } catch (ExportException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        System.out.println(json ? Json.text(exported) : text(exported));
        tellBroken(exported);
        if (exported.read() == 0) {
            System.err.printf(
                    "cermin: there is no selected sample and no correction in %s; './cermin tune select' makes such files%n",
                    in.stream().map(Path::toString).collect(Collectors.joining(", ")));
            return ExitCodes.FAILED;
        }
        List<String> empty = exported.files().stream()
                .filter(file -> !formats.isEmpty() && file.rows() == 0)
                .map(Exported.File::name)
                .toList();
        if (!empty.isEmpty()) {
            System.err.printf("cermin: nothing could be written of %s%n", String.join(", ", empty));
            return ExitCodes.SHORT;
        }
        return ExitCodes.DONE;
    }

    private String text(Exported exported) {
        List<String> lines = new ArrayList<>();
        for (Exported.File file : exported.files()) {
            if (file.rows() > 0 || !formats.isEmpty()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-24s %,d rows of %,d of %,d",
                        file.name(),
                        file.rows(),
                        file.taken(),
                        exported.read()));
                file.leftOut().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .forEach(left -> lines.add(String.format(
                                Locale.ROOT, "%-24s %,d left out: %s", "", left.getValue(), left.getKey())));
            }
        }
        lines.add("The card is " + out.resolve("README.md"));
        return String.join("\n", lines);
    }

    private static void tellBroken(Exported exported) {
        exported.broken().stream()
                .limit(BROKEN_SHOWN)
                .forEach(broken -> System.err.printf(
                        "cermin: %s:%d: %s%n", broken.file(), broken.line(), firstLine(broken.reason())));
        if (exported.brokenLines() > 0) {
            System.err.printf(
                    "cermin: %d lines could not be read; they are in %s%n",
                    exported.brokenLines(), Path.of(exported.folder()).resolve("rejects.jsonl"));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    static final class Named implements ITypeConverter<Format> {
        @Override
        public Format convert(String label) {
            try {
                return Format.of(label);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage() + Names.hint(label, Format.labels()));
            }
        }
    }

    static final class Candidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Format.labels().iterator();
        }
    }
}
