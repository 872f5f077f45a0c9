package dev.cermin.cli;

import dev.cermin.audit.NoteKey;
import dev.cermin.audit.SignedNote;
import dev.cermin.integrity.AuditKeys;
import dev.cermin.integrity.CheckpointFile;
import dev.cermin.integrity.LogReport;
import dev.cermin.integrity.LogVerifier;
import dev.cermin.integrity.SweepReport;
import dev.cermin.integrity.TraceVerification;
import dev.cermin.integrity.TraceVerifier;
import dev.cermin.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Checks whether stored traces are as they were recorded: one, those of a time, or all.",
            "Names the first broken step of each, traces that are missing, and what the signed log says."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:all holds", "1:something is broken or missing", ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class VerifyCommand extends ServiceCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", arity = "0..1", description = "The task's id")
    private @Nullable UUID task;

    @Option(names = "--all", description = "All traces")
    private boolean all;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Of tasks created from then on: 2030-01-31, or with a time")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of tasks created before")
    private @Nullable String to;

    @Option(
            names = "--checkpoints",
            paramLabel = "FILE",
            description = "A copy of the signed checkpoints, kept elsewhere; default: cermin.audit.file")
    private @Nullable Path checkpoints;

    @Option(
            names = "--public-key",
            paramLabel = "NAME+ID+KEY",
            description =
                    "That checkpoints were signed with; may be given several times; default: those of the configuration")
    private List<String> publicKeys = List.of();

    @Option(names = "--json", description = "Prints JSON")
    private boolean json;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    /** Postgres only: no port is opened, no message read. */
    static final Map<String, String> STORE_ONLY = Map.ofEntries(
            Map.entry("cermin.roles", "none"),
            Map.entry("quarkus.http.host-enabled", "false"),
            Map.entry("quarkus.log.level", "WARN"),
            Map.entry("cermin.topics.create", "false"),
            Map.entry("quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level", "ERROR"),
            Map.entry("mp.messaging.incoming.traces.enabled", "false"),
            Map.entry("mp.messaging.outgoing.tasks.enabled", "false"),
            Map.entry("mp.messaging.outgoing.control.enabled", "false"),
            Map.entry("mp.messaging.outgoing.dead-letters.enabled", "false"),
            Map.entry("mp.messaging.outgoing.checkpoints.enabled", "false"));

    @Override
    Map<String, String> settings() {
        return STORE_ONLY;
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        boolean range = from != null || to != null;
        if ((task != null ? 1 : 0) + (all ? 1 : 0) + (range ? 1 : 0) != 1) {
            throw new ParameterException(
                    spec.commandLine(), "One of these is expected: TASK, --all, or --from and --to");
        }
        List<NoteKey> keys = keys();
        List<SignedNote> copy = copy();
        return task != null ? one(task, copy, keys) : many(copy, keys);
    }

    private int one(UUID id, List<SignedNote> copy, List<NoteKey> keys) throws SQLException {
        TraceVerification found = Services.get(TraceVerifier.class)
                .verify(id)
                .orElseThrow(() -> new CommandFailure("There is no trace of task %s in this database".formatted(id)));
        LogReport log = Services.get(LogVerifier.class).log(copy, keys);
        if (json) {
            System.out.println(Json.text(Map.of("trace", found, "log", log)));
        } else {
            System.out.println(VerifyLines.of(found));
            found.erased().forEach(text -> System.out.println("  " + VerifyLines.of(text)));
            log.problems().forEach(problem -> System.out.println("the log: BROKEN: " + problem));
        }
        return found.intact() && log.problems().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private int many(List<SignedNote> copy, List<NoteKey> keys) throws SQLException, InterruptedException {
        Instant begin = time(from, "--from");
        Instant end = time(to, "--to");
        LogVerifier verifier = Services.get(LogVerifier.class);
        long begun = System.nanoTime();
        SweepReport report;
        long tasks = verifier.tasks(begin, end);
        try (ProgressBar bar = Bars.of("traces", (int) Math.min(Integer.MAX_VALUE, tasks))) {
            report = verifier.traces(begin, end, copy, keys, bar::stepBy);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (json) {
            System.out.println(Json.text(report));
        } else {
            VerifyLines.of(report, seconds, keys.isEmpty()).forEach(System.out::println);
        }
        return report.holds() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private List<NoteKey> keys() {
        try {
            return publicKeys.isEmpty()
                    ? Services.get(AuditKeys.class).known()
                    : publicKeys.stream().map(NoteKey::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private List<SignedNote> copy() {
        if (checkpoints != null && !Files.isRegularFile(checkpoints)) {
            throw new ParameterException(spec.commandLine(), "There is no file %s".formatted(checkpoints));
        }
        Path file = checkpoints != null ? checkpoints : configured();
        return file == null ? new ArrayList<>() : new CheckpointFile(file).read();
    }

    private static @Nullable Path configured() {
        String file = Services.setting("cermin.audit.file");
        return file.isBlank() ? null : Path.of(file);
    }

    private @Nullable Instant time(@Nullable String text, String option) {
        try {
            if (text == null) {
                return null;
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s is a day such as 2030-01-31, or 2030-01-31T12:00:00Z, not '%s'".formatted(option, text));
        }
    }
}
