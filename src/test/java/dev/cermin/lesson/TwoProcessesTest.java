package dev.cermin.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    @TempDir
    Path temp;

    private Path file;
    private Process other;

    @BeforeEach
    void file() {
        file = temp.resolve("lessons.jsonl");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (other != null) {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void whileAnotherProcessHasTheFileItIsRefusedAndThenReadable() throws Exception {
        assertThat(start()).isEqualTo("open");
        assertThatThrownBy(() -> Lessons.inFile(file))
                .isInstanceOf(LessonFileException.class)
                .hasMessage("The lessons in %s are open in another process, and one at a time can have them."
                                .formatted(file.toRealPath())
                        + " End it, or name another file.");

        other.outputWriter().close();
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertRead();
    }

    @Test
    void aProcessThatIsKilledLeavesTheFileFreeAndWhole() throws Exception {
        assertThat(start()).isEqualTo("open");
        other.destroyForcibly().waitFor();

        assertRead();
    }

    @Test
    void aRefusalInThisProcessDoesNotLetAnotherProcessIn() throws Exception {
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThatThrownBy(() -> Lessons.inFile(file)).isInstanceOf(LessonFileException.class);

            assertThat(start()).contains("open in another process");
            assertThat(lessons.all("ann", "acme")).isEmpty();
        }
    }

    private void assertRead() {
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).extracting(Lesson::situation).containsExactly("learned elsewhere");
        }
    }

    /** What it says first. */
    private String start() throws IOException {
        other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldLessons.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = other.inputReader();
        return String.valueOf(said.readLine());
    }
}
