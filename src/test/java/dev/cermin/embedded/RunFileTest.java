package dev.cermin.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path home;

    @Test
    void aRunningApplicationIsFoundUntilItTakesItsRecordBack() {
        assertThat(RunFile.read(home)).isEmpty();
        RunFile written = RunFile.write(home, "http://127.0.0.1:8080/a\"b\\c", "jdbc:postgresql://x", "127.0.0.1:9092");
        assertThat(written.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(RunFile.read(home)).contains(written);
        RunFile.delete(home);
        assertThat(RunFile.read(home)).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void anApplicationThatHasEndedIsNotFound() throws Exception {
        RunFile.write(home, "http://127.0.0.1:8080", "", "");
        Path file = home.resolve("run.json");
        String json = Files.readString(file);
        Files.writeString(file, json.replaceFirst("\"pid\":\\d+", "\"pid\":" + Integer.MAX_VALUE));
        assertThat(RunFile.read(home)).isEmpty();

        // the number was given out again: same pid, another start
        Files.writeString(file, json.replaceFirst("\"startedMillis\":\\d+", "\"startedMillis\":86400000"));
        assertThat(RunFile.read(home)).isEmpty();
    }

    @Test
    void aTornFileNamesNobody() throws Exception {
        Files.writeString(home.resolve("run.json"), "{ \"pid\": ");
        assertThat(RunFile.read(home)).isEmpty();
    }
}
