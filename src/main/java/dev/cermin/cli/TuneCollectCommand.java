package dev.cermin.cli;

import dev.cermin.tune.source.Intake;
import dev.cermin.tune.source.SourceException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        description = {
            "Reads samples and corrections, without a teacher or a student: what stored traces have to teach as it is.",
            "The rows of 'cermin tune export' can be made of its corrections.jsonl."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE},
        footerHeading = "%nExamples:%n",
        footer = "  cermin tune collect --in traces --agent equations,arithmetic --corrections-only --out set",
        mixinStandardHelpOptions = true)
final class TuneCollectCommand extends ServiceCommand {
    @Mixin
    private TuneSource source = new TuneSource();

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "For all files")
    private Path out = Path.of("");

    @Override
    Stores stores() {
        return source.stored() ? Stores.POSTGRES : Stores.NONE;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(source.stored() ? VerifyCommand.STORE_ONLY : EvalCommand.OFFLINE);
        settings.put("quarkus.log.level", "WARN");
        return settings;
    }

    @Override
    public Integer call() {
        try {
            Intake intake = Intake.of(source.source(), source.terms(), out);
            System.out.printf(
                    "%d samples and %d corrections; %d broken, %d filtered out, %d duplicates: all in %s%n",
                    intake.samples().size(),
                    intake.corrections(),
                    intake.rejects(),
                    intake.filtered(),
                    intake.duplicates(),
                    out);
            return ExitCodes.DONE;
        } catch (SourceException | IllegalArgumentException | UncheckedIOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
