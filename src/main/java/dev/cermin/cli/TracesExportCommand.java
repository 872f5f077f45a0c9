package dev.cermin.cli;

import dev.cermin.export.JunitFixture;
import dev.cermin.export.OtelTrace;
import dev.cermin.export.Otlp;
import dev.cermin.export.TraceLine;
import dev.cermin.search.FilterException;
import dev.cermin.search.PageKey;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
import dev.cermin.search.TraceRow;
import dev.cermin.search.Traces;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes stored traces for others: JSON Lines, OpenTelemetry's spans and events, or a JUnit test.",
            "It reads the database; texts are as redacted as there."
        },
        footer = {
            "",
            "Examples:",
            "  ./cermin traces export --where agent=equations --to traces.jsonl",
            "  ./cermin traces export --format otel --to spans.jsonl --where from=2030-01-01T00:00:00Z",
            "  ./cermin traces export --format otel --endpoint http://127.0.0.1:4318 0190b6f2-…",
            "  ./cermin traces export --format junit --to src/test 0190b6f2-…"
        },
        mixinStandardHelpOptions = true)
final class TracesExportCommand extends ServiceCommand {
    private static final int TELL_EVERY = 1000;

    enum Format {
        jsonl,
        otel,
        junit
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "TASK", description = "Tasks; without any, see --where")
    private List<UUID> tasks = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "FILTER=VALUE",
            description =
                    "By filters of the API: agent, version, model, stopReason, accepted, minRounds, from, …; default: all")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Format format = Format.jsonl;

    @Option(
            names = "--to",
            paramLabel = "PATH",
            description = "A file; of junit, a project's src/test. Default: standard output")
    private @Nullable Path to;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Of otel: a collector's, by OTLP over HTTP, not a file")
    private @Nullable URI endpoint;

    @Option(names = "--content", description = "Of otel: with what was read and written")
    private boolean content;

    private int written;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() {
        if (!tasks.isEmpty() && !where.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give TASK, or --where, not both");
        }
        if (endpoint != null && (format != Format.otel || to != null)) {
            throw new ParameterException(spec.commandLine(), "--endpoint is for --format otel, without --to");
        }
        switch (format) {
            case junit -> tests();
            case jsonl -> lines(steps -> List.of(TraceLine.of(steps).json()));
            case otel -> {
                if (endpoint == null) {
                    lines(steps -> Otlp.lines(OtelTrace.of(steps, content)));
                } else {
                    send(endpoint);
                }
            }
        }
        System.err.printf("cermin: %d traces exported%n", written);
        return ExitCodes.DONE;
    }

    private void tests() {
        if (to == null || tasks.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--format junit takes TASK and --to, a project's src/test");
        }
        TraceStore store = Services.get(TraceStore.class);
        Path folder = to;
        each((id, steps) -> {
            String definition = store.task(id)
                    .map(TaskSummary::agentHash)
                    .flatMap(store::agent)
                    .orElse(null);
            System.out.println(new JunitFixture(steps, definition).write(folder));
        });
    }

    private interface Lines {
        List<String> of(List<TraceStep> steps);
    }

    private void lines(Lines lines) {
        if (to == null) {
            each((id, steps) -> lines.of(steps).forEach(System.out::println));
            return;
        }
        try (BufferedWriter file = Files.newBufferedWriter(to)) {
            each((id, steps) -> {
                for (String line : lines.of(steps)) {
                    write(file, line);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("%s can't be written: %s".formatted(to, e.getMessage()));
        }
    }

    private static void write(BufferedWriter file, String line) {
        try {
            file.write(line);
            file.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(URI collector) {
        try (Otlp otlp = new Otlp(collector)) {
            each((id, steps) -> otlp.send(OtelTrace.of(steps, content)));
        } catch (UncheckedIOException e) {
            throw new CommandFailure("%s; %d traces were sent before".formatted(e.getMessage(), written));
        }
    }

    private interface Taker {
        void take(UUID task, List<TraceStep> steps);
    }

    private void each(Taker taker) {
        TraceStore store = Services.get(TraceStore.class);
        Consumer<UUID> one = id -> {
            List<TraceStep> steps = store.steps(id, 0);
            if (steps.isEmpty()) {
                throw new CommandFailure("There is no trace of task %s in this database".formatted(id));
            }
            try {
                taker.take(id, steps);
                written++;
            } catch (IllegalArgumentException e) {
                System.err.printf("cermin: task %s is left out: %s%n", id, e.getMessage());
            }
            if (written % TELL_EVERY == 0 && written > 0) {
                System.err.printf("cermin: %d traces …%n", written);
            }
        };
        if (!tasks.isEmpty()) {
            tasks.forEach(one);
            return;
        }
        try {
            TraceFilter filter = TraceFilter.of(where);
            PageKey after = null;
            do {
                TracePage page = Services.get(Traces.class).page(filter, after, Traces.MOST);
                page.rows().stream().map(TraceRow::id).forEach(one);
                after = page.next();
            } while (after != null);
        } catch (FilterException e) {
            throw new ParameterException(spec.commandLine(), "--where: " + e.getMessage());
        }
    }
}
