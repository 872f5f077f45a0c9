package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.LoopState;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library needs the JDK and langchain4j-core, with what that brings, and nothing else. */
class LibraryAloneTest {
    /** langchain4j-core and its own dependencies, by file name without version. */
    private static final List<String> LIBRARIES = List.of(
            "langchain4j-core", "jackson-annotations", "jackson-core", "jackson-databind", "slf4j-api", "jspecify");

    @Test
    void anAgentRunsOnLangchain4jCoreAlone(@TempDir Path temporary) throws Exception {
        Path program = copyOfTheProgram(temporary.resolve("program"));
        List<String> classPath = new ArrayList<>();
        classPath.add(location(LoopState.class).toString());
        classPath.add(program.toString());
        for (String library : LIBRARIES) {
            classPath.add(jar(library));
        }
        Path output = temporary.resolve("output.txt");

        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Xlog:class+load:file=" + temporary.resolve("loaded.txt"),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        LibraryAloneProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();

        List<String> lines = Files.readAllLines(output);
        assertThat(child.exitValue()).as("%s", lines).isZero();
        assertThat(lines)
                .contains(
                        "stop=ACCEPTED",
                        "answer=HELLO",
                        "calls=3",
                        "json={\"detail\":\"shout: it is loud\",\"reason\":\"ACCEPTED\"}",
                        "run=HELLO",
                        "model=HELLO",
                        "start=HELLO",
                        "trace=A trace takes io.github.erdtman:java-json-canonicalization on the class path;"
                                + " missing is org/erdtman/jcs/NumberToJSON",
                        "tools=To execute @Tool methods takes dev.langchain4j:langchain4j on the class path, or a library"
                                + " that dev.cermin.LibraryAloneProgram$Tooled uses: dev/langchain4j/service/tool/DefaultToolExecutor")
                .anyMatch(
                        line -> line.startsWith(
                                "missing=Verifier 'arithmetic' needs a library that is not on the class path: com/ezylang/evalex/"));
        assertThat(Files.readString(temporary.resolve("loaded.txt")))
                .contains("dev.cermin.loop.LoopState")
                .doesNotContain(
                        "io.quarkus", "io.smallrye", "org.apache.kafka", "jakarta.", "org.hibernate", "org.snakeyaml");
    }

    private static Path copyOfTheProgram(Path target) throws IOException, URISyntaxException {
        Path source = location(LibraryAloneProgram.class).resolve("dev/cermin");
        Path folder = Files.createDirectories(target.resolve("dev/cermin"));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(LibraryAloneProgram.class.getSimpleName())) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        return target;
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String jar(String library) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().matches(library + "-[0-9][0-9A-Za-z.]*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + library + " on the class path of the tests"));
    }
}
