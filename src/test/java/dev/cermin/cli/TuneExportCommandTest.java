package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.lines.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TuneExportCommandTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void itWritesTheFormatsAndSaysWhatItLeftOut() throws IOException {
        Path set = folder.resolve("set");

        assertThat(run("--in", corrections(), "--out", set, "--format", "preference,kto", "--licence", "mit"))
                .isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("""
                        preference.jsonl         1 rows of 1 of 2
                                                 1 left out: only a critic says that it is better, which is a model's opinion
                        kto.jsonl                2 rows of 1 of 2
                                                 1 left out: only a critic says that it is better, which is a model's opinion
                        The card is %s
                        """.formatted(set.resolve("README.md")));
        assertThat(set.resolve("preference.jsonl")).content().startsWith("{\"prompt\":\"2+2?\"");
        assertThat(set.resolve("README.md")).content().contains("license: \"mit\"");
        assertThat(complained.size()).isZero();
    }

    @Test
    void byDefaultTheFormatsThatHaveRowsAreThere() throws IOException {
        Path set = folder.resolve("set");

        assertThat(run("--in", corrections(), "--out", set, "--json")).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"read\":2", "\"name\":\"reflection.jsonl\"");
        try (var files = Files.list(set)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "messages.jsonl",
                            "alpaca.jsonl",
                            "sharegpt.jsonl",
                            "preference.jsonl",
                            "openai-preference.jsonl",
                            "kto.jsonl",
                            "reflection.jsonl",
                            "reflection-twice.jsonl",
                            "sources.jsonl",
                            "README.md");
        }
    }

    @Test
    void brokenLinesAreToldWithTheirNumbers() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.writeString(file, Files.readString(corrections()) + "{\n");

        assertThat(run("--in", file, "--out", folder.resolve("set"))).isZero();

        assertThat(complained.toString(StandardCharsets.UTF_8))
                .contains(file + ":3: Not the JSON of a ", "1 lines could not be read; they are in ");
    }

    @Test
    void exitCodesAreThoseOfTheHelp() throws IOException {
        Path opinions = Files.writeString(
                folder.resolve("opinions.jsonl"),
                Lines.text(new Correction("t", "2+2?", "5", "odd", "4", Judge.CRITIC)));

        assertThat(run("--in", opinions, "--out", folder.resolve("set"), "--format", "kto"))
                .isEqualTo(3);
        assertThat(run("--in", folder.resolve("none.jsonl"), "--out", folder.resolve("set")))
                .isEqualTo(1);
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"text\": \"of another kind\"}\n");
        assertThat(run("--in", other, "--out", folder.resolve("set"))).isEqualTo(1);
        assertThat(run("--in", opinions, "--out", folder.resolve("set"), "--format", "alpacca"))
                .isEqualTo(2);
        assertThat(run("--out", folder.resolve("set"))).isEqualTo(2);
        assertThat(complained.toString(StandardCharsets.UTF_8))
                .contains(
                        "nothing could be written of kto.jsonl",
                        "There is no file ",
                        "no correction in ",
                        "did you mean 'alpaca'")
                .doesNotContain("Exception:");
    }

    private Path corrections() throws IOException {
        return Files.write(
                folder.resolve("corrections.jsonl"),
                List.of(
                        Lines.text(new Correction("t1", "2+2?", "5", "5 is odd", "4", Judge.VERIFIER)),
                        Lines.text(new Correction("t2", "A haiku", "x", "dull", "y", Judge.CRITIC))));
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "tune";
        words[1] = "export";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 2] = arguments[i].toString();
        }
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(complained, true, StandardCharsets.UTF_8));
        return commandLine.execute(words);
    }
}
