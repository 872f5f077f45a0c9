package dev.cermin.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run here. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void theExampleIsTheOneThatRuns() {
        String source = read("src/test/java/dev/cermin/readme/HelloReflection.java");
        String example = source.substring(
                        source.indexOf("// README:begin") + "// README:begin".length(),
                        source.indexOf("    // README:end"))
                .stripTrailing()
                .stripIndent()
                .strip();
        assertThat(readme).contains(example);
    }

    @Test
    void itPrintsWhatTheReadmeSays() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            HelloReflection.main();
        } finally {
            System.setOut(before);
        }
        assertThat(readme).contains(printed.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void theAgentFileIsTheOneThatComesWithCermin() {
        assertThat(readme).contains(read("agents/equations.yaml").strip());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
