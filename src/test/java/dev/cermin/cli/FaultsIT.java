package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short forms of the fault run and the bad-input run. */
class FaultsIT {
    @TempDir
    Path home;

    @Test
    void nothingIsLostOrDoneTwiceWhateverIsKilled() throws Exception {
        Path report = home.resolve("faults.json");
        try (Cermin run = Cermin.start(
                home, "faults", "--loops", "150", "--faults", "12", "--every", "1", "--report", report.toString())) {
            assertThat(run.ends()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains("kill everything", "kill postgres", "pause short", "cut network", "cancel early")
                    .contains("ok   every acknowledged task has one result (")
                    .contains("All holds. Seed 1");
        }
        Map<?, ?> tasks =
                (Map<?, ?>) Json.read(Files.readString(report), Map.class).get("tasks");
        assertThat((Integer) tasks.get("acknowledged")).isGreaterThanOrEqualTo(150);
        assertThat((Integer) tasks.get("byRest")).isGreaterThanOrEqualTo(70);
    }

    @Test
    void badInputIsAnsweredOrSetAside() throws Exception {
        try (Cermin run = Cermin.start(home, "faults", "--inputs", "250")) {
            assertThat(run.ends()).as(run.output()).isZero();
            assertThat(run.output())
                    .containsPattern("cermin.tasks +[0-9]+ +[1-9][0-9]*")
                    .containsPattern("/api 400 +[0-9]+")
                    .contains("Each was answered or set aside with a reason, and good tasks run after. Seed 1");
        }
    }
}
