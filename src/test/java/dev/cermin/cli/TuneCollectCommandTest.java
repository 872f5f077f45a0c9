package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TuneCollectCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatCantBeDoneIsToldInWords() throws IOException {
        Path data = Files.writeString(
                folder.resolve("data.jsonl"), "{\"instruction\": \"Add 1 and 2.\", \"output\": \"3\"}\n");
        Path file = Files.writeString(folder.resolve("file"), "");

        // 15
        assertThatThrownBy(() -> collect("--in", data, "--out", file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("file");
        assertThatThrownBy(() -> collect("--in", data, "--out", folder.resolve("out"), "--near", "0.5"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--near is 0.5; from 0.7 to 1 is expected");
    }

    private static void collect(Object... arguments) {
        TuneCollectCommand command = new TuneCollectCommand();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        new CommandLine(command).parseArgs(words);
        command.call();
    }
}
