package dev.cermin.tune.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Traces as files of a folder, {@code .json} or {@code .jsonl}, in the order of their names.
 *
 * @param folder without those below it
 */
public record TraceFolder(Path folder, Reviews reviews) implements SampleSource {
    @Override
    public String name() {
        return Traced.TRACES;
    }

    @Override
    public void read(Predicate<Candidate> samples, Consumer<Reject> rejects) {
        for (Path file : files()) {
            try {
                Traced traced = Traced.of(TraceFile.read(file), reviews);
                if (!samples.test(new Candidate(traced.sample(), traced))) {
                    return;
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                rejects.accept(new Reject(String.valueOf(file.getFileName()), 0, String.valueOf(e.getMessage()), ""));
            } catch (IOException e) {
                throw new SourceException("%s can't be read: %s".formatted(file, e), e);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> traces = all.filter(file -> file.toString().matches(".*\\.jsonl?"))
                    .sorted()
                    .toList();
            if (traces.isEmpty()) {
                throw new SourceException(
                        "There is no trace in %s: files .json or .jsonl are expected, a trace each".formatted(folder));
            }
            return traces;
        } catch (IOException e) {
            throw new SourceException("%s can't be read: %s".formatted(folder, e), e);
        }
    }
}
