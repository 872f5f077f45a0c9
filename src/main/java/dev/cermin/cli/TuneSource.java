package dev.cermin.cli;

import dev.cermin.loop.StopReason;
import dev.cermin.tune.source.Filter;
import dev.cermin.tune.source.Format;
import dev.cermin.tune.source.InstructionFile;
import dev.cermin.tune.source.Intake;
import dev.cermin.tune.source.Reviews;
import dev.cermin.tune.source.SampleSource;
import dev.cermin.tune.source.TraceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which samples a selection begins with. */
final class TuneSource {
    private static final String TRACES = "traces";

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE|FOLDER|traces",
            description =
                    "Instruction data, JSON or JSON Lines; a folder of traces as files; or 'traces', the stored ones")
    private String in;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Of a file: alpaca, sharegpt, messages; default: told record by record")
    private @Nullable String format;

    @Option(names = "--limit", paramLabel = "N", description = "So many samples at most; default: all")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--agent",
            split = ",",
            paramLabel = "NAME",
            description = "Of traces: whose; required for stored ones")
    private List<String> agents = List.of();

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Of stored traces: the latest of each agent; default: ${DEFAULT-VALUE}")
    private int last = 1000;

    @Option(
            names = "--stop",
            split = ",",
            paramLabel = "REASON",
            description =
                    "Of traces: only those whose loop ended so, whether right or not; default: right answers, however "
                            + "their loop ended")
    private List<String> stops = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Of traces: what reviewers decided, as for eval traces")
    private @Nullable Path labels;

    @Option(names = "--corrections-only", description = "Of traces: only answers that correct a draft that was wrong")
    private boolean correctionsOnly;

    @Option(names = "--min-chars", paramLabel = "N", description = "Answers of at least so many characters; default: 0")
    private int shortest;

    @Option(
            names = "--max-chars",
            paramLabel = "N",
            description = "Samples of at most so many characters; default: any")
    private int longest = Integer.MAX_VALUE;

    @Option(
            names = "--near",
            paramLabel = "S",
            description =
                    "From this share of words in common two samples are one, from 0.7; 1 for only the same words; "
                            + "default: ${DEFAULT-VALUE}")
    private double near = Intake.NEAR;

    boolean stored() {
        return in.equals(TRACES);
    }

    /** For the name of a folder. */
    String name() {
        return stored()
                ? TRACES
                : String.valueOf(Path.of(in).toAbsolutePath().normalize().getFileName());
    }

    /** @throws CommandFailure for values that can't be meant */
    Intake.Terms terms() {
        if (limit < 1) {
            throw new CommandFailure("--limit is %d; 1 or more is expected".formatted(limit));
        }
        if (last < 1) {
            throw new CommandFailure("--last is %d; 1 or more is expected".formatted(last));
        }
        if (!(near >= Intake.LEAST_NEAR && near <= 1)) {
            throw new CommandFailure("--near is %s; from %s to 1 is expected".formatted(near, Intake.LEAST_NEAR));
        }
        Filter filter = new Filter(Set.copyOf(agents), reasons(), correctionsOnly, shortest, longest);
        String reviewed = labels == null ? "" : ", labels " + hash(labels);
        if (stored()) {
            return new Intake.Terms("the latest %d traces%s".formatted(last, reviewed), filter, near, limit);
        }
        Path path = Path.of(in);
        if (!Files.exists(path)) {
            throw new CommandFailure(
                    "--in is '%s', and there is no such file or folder; 'traces' are those that are stored"
                            .formatted(in));
        }
        String what = Files.isDirectory(path)
                ? "traces of %s%s".formatted(path.toAbsolutePath().normalize(), reviewed)
                : "%s, %s, %s".formatted(path.getFileName(), hash(path), format == null ? "any format" : format);
        return new Intake.Terms(what, filter, near, limit);
    }

    SampleSource source() {
        Labels read = labels == null ? Labels.NONE : Labels.read(labels);
        Reviews reviews = (task, round, answer) -> {
            Labels.Label label = read.of(task, round, answer);
            return label == null ? null : label.right();
        };
        if (stored()) {
            if (agents.isEmpty()) {
                throw new CommandFailure("Whose stored traces? Give --agent NAME, or several with commas");
            }
            return new StoredSamples(agents, last, reviews);
        }
        Path path = Path.of(in);
        return Files.isDirectory(path)
                ? new TraceFolder(path, reviews)
                : new InstructionFile(path, format == null ? null : Format.named(format));
    }

    private Set<StopReason> reasons() {
        Set<StopReason> all = EnumSet.noneOf(StopReason.class);
        for (String stop : stops) {
            String name = stop.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            all.add(Arrays.stream(StopReason.values())
                    .filter(reason -> reason.name().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new CommandFailure("--stop is '%s'; one of %s is expected".formatted(stop, known()))));
        }
        return all;
    }

    private static Set<String> known() {
        Set<String> all = new TreeSet<>();
        for (StopReason reason : StopReason.values()) {
            all.add(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return all;
    }

    private static String hash(Path file) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest())
                    .substring(0, 16);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
