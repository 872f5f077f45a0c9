package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {
    @TempDir
    Path home;

    @Test
    void theLoadRunPrintsItsFiguresAndLeavesTheUsersDataAlone() throws Exception {
        try (Cermin bench = Cermin.start(home, "bench", "--loops", "200")) {
            assertThat(bench.ends()).as(bench.output()).isZero();
            assertThat(bench.output())
                    .containsPattern("one loop on an idle system +p50 [0-9.]+ ms, p99 [0-9.]+ ms")
                    .containsPattern("loops, 32 in flight +[0-9]+ loops/s")
                    .containsPattern("raw Kafka, plain client, acks=all +[0-9]+ messages/s")
                    .containsPattern("raw Postgres, multi-row inserts of these rows +[0-9]+ rows/s")
                    .containsPattern("resident memory of the stack +[0-9]+ MiB");
        }
        assertThat(home.resolve("bench/postgres")).isDirectory();
        assertThat(Files.exists(home.resolve("postgres"))).isFalse();
    }

    /** The short form of what docs/traces.md tells; the limits are wide, for busy machines. */
    @Test
    void tracesAreFoundAmongMany() throws Exception {
        String[] command = {"bench", "traces", "--steps", "400000", "--queries", "40", "--writes", "20000"};
        try (Cermin bench = Cermin.start(home, command)) {
            assertThat(bench.ends()).as(bench.output()).isIn(ExitCodes.DONE, ExitCodes.FAILED);
            List<MatchResult> figures = Pattern.compile(
                            "(?m)^(.*?) +p50 ([0-9.]+) ms, p99 ([0-9.]+) ms.*; ([0-9.]+) rows")
                    .matcher(bench.output())
                    .results()
                    .toList();
            assertThat(figures).as(bench.output()).hasSizeGreaterThan(15);
            assertThat(figures)
                    .allSatisfy(figure -> assertThat(Double.parseDouble(figure.group(2)))
                            .as(figure.group())
                            // sums over all that is meant take as long as there is much
                            .isLessThan(figure.group(1).startsWith("figures of") ? 10_000 : 200));
            assertThat(figures)
                    .filteredOn(figure -> figure.group(1).equals("common word"))
                    .allSatisfy(figure ->
                            assertThat(Double.parseDouble(figure.group(4))).isGreaterThan(15));
            assertThat(bench.output()).containsPattern("written full / at first +[0-9.]+");
        }
    }
}
