package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
                    .containsPattern("raw Postgres, multi-row inserts +[0-9]+ rows/s")
                    .containsPattern("resident memory of the stack +[0-9]+ MiB");
        }
        assertThat(home.resolve("bench/postgres")).isDirectory();
        assertThat(Files.exists(home.resolve("postgres"))).isFalse();
    }
}
