package dev.cermin.eval.suite;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.eval.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The published benchmarks, which this project does not copy. */
final class Data {
    private static final Path FOLDER = Path.of("../shared/data");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Data() {}

    /** A file or folder; where it is missing, the test is skipped. */
    static Path at(String path) {
        Path found = FOLDER.resolve(path);
        assumeThat(found).as("the benchmark's own files").exists();
        return found;
    }

    static Suite suite(String name, String folder) {
        return Suites.named(name).read(at(folder));
    }

    static Suite suite(String name, String folder, Convention convention) {
        return Suites.named(name).read(at(folder), SuiteOptions.DEFAULT.withConvention(convention));
    }

    static List<JsonNode> lines(String path) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(at(path))) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    static Score score(Scorer scorer, String answer) {
        try {
            return scorer.score(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
