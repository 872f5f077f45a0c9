package dev.cermin.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path folder;

    @Test
    void theEndOfALogOfAnySizeIsTold() throws IOException {
        Path file = folder.resolve("a.log");
        ServerLog log = new ServerLog(file);
        log.begin();
        // a hole: no disk is taken
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
            large.seek(3L << 30);
            large.write("\none\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log.tail(2)).isEqualTo("two\nthree");
    }

    @Test
    void onlyWhatCameSinceTheStartIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("a.log"), "of an earlier start\n");
        ServerLog log = new ServerLog(file);
        log.begin();
        assertThat(log.tail(5)).isEmpty();
        Files.writeString(file, "of this one\n", StandardOpenOption.APPEND);

        assertThat(log.tail(5)).isEqualTo("of this one");
        Files.delete(file);
        assertThat(log.tail(5)).contains("can't be read");
    }
}
