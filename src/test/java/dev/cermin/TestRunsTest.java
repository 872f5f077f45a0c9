package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that need the application, or the machine for themselves, run in one JVM, all others beside each other: each test in one of the two. */
class TestRunsTest {
    private static final Path LIST = Path.of("src/test/alone.txt");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ALONE =
            Pattern.compile("^@(Quarkus(Main|Integration)?Test|Isolated)\\b", Pattern.MULTILINE);

    @Test
    void theListHasTheTestsThatRunAloneAndNoOthers() throws IOException {
        List<String> listed = Files.readAllLines(LIST).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        try (Stream<Path> files = Files.walk(TESTS)) {
            assertThat(files.filter(file -> file.toString().endsWith("Test.java"))
                            .filter(file -> ALONE.matcher(read(file)).find())
                            .map(file -> TESTS.relativize(file).toString()))
                    .as("the classes with @QuarkusTest or @Isolated, which are to be in %s, a line for each", LIST)
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void whatOneRunTakesTheOtherLeaves() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsOnlyOnce("<includesFile>" + LIST + "</includesFile>")
                .containsOnlyOnce("<excludesFile>" + LIST + "</excludesFile>");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
