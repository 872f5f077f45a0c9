package dev.cermin.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the application is killed, with whatever else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledApplicationTest {
    private static final Duration GONE = Duration.ofSeconds(15);

    private Path home;
    private Process parent;
    private ProcessHandle child;
    private ProcessHandle postmaster;

    @BeforeAll
    void prepare(@TempDir Path folder) throws Exception {
        home = folder.resolve("home");
        try (EmbeddedStores stores = Stores.start(home)) {
            Stores.write(stores, "kept");
        }
    }

    @AfterEach
    void end() {
        parent.destroyForcibly();
    }

    @Test
    void theStoresEndWithAKilledApplicationAndStartAgain() throws Exception {
        startParent();
        assertThatThrownBy(() -> Stores.start(home))
                .isInstanceOf(HomeInUseException.class)
                .hasMessageContaining("pid " + parent.pid());
        parent.destroyForcibly().waitFor();
        await().atMost(GONE).until(() -> !Stores.runs(child) && !Stores.runs(postmaster));
        assertStartsWithData(new ArrayList<>());
    }

    @Test
    void aStartWaitsForTheStoresOfAKilledApplication() throws Exception {
        startParent();
        // held still, the child cannot notice that its input has closed until it goes on
        signal(child, "STOP");
        parent.destroyForcibly().waitFor();
        List<String> progress = new ArrayList<>();
        Thread resume = new Thread(() -> {
            await().until(() -> progress.stream().anyMatch(line -> line.contains("pid " + child.pid())));
            signal(child, "CONT");
        });
        resume.start();
        assertStartsWithData(progress);
        resume.join();
    }

    @Test
    void aStartStopsThePostgresThatWasLeftBehindWhenAllElseWasKilled() throws Exception {
        startParent();
        signal(child, "STOP"); // lest it stops Postgres in order first
        parent.destroyForcibly().waitFor();
        Stores.kill(child);
        await().atMost(GONE).until(() -> !Stores.runs(child));
        assertThat(Stores.runs(postmaster)).isTrue();
        List<String> progress = new ArrayList<>();
        assertStartsWithData(progress);
        assertThat(progress).anyMatch(line -> line.contains("left behind"));
        assertThat(Stores.runs(postmaster)).isFalse();
    }

    private void assertStartsWithData(List<String> progress) throws Exception {
        EmbeddedStores.Options options = EmbeddedStores.Options.of(home).withProgress(progress::add);
        try (EmbeddedStores stores = EmbeddedStores.start(options)) {
            assertThat(Stores.rows(stores)).containsExactly("kept");
            assertThat(Stores.records(stores)).containsExactly("kept");
        }
    }

    private void startParent() throws IOException {
        parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = parent.inputReader(UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("STORES ")) {
            line = lines.readLine();
        }
        assertThat(line).as("what the application says of its stores").isNotNull();
        String[] parts = line.split(" ", -1);
        child = ProcessHandle.of(Long.parseLong(parts[1])).orElseThrow();
        postmaster = ProcessHandle.of(Long.parseLong(parts[2])).orElseThrow();
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
