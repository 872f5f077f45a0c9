package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on how the JVM was started: its modules, its processors, and the size of Jlama's one pool. */
class SeparateJvmTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @TempDir
    Path temp;

    @Test
    void withoutTheVectorModuleTheFlagIsNamed() throws Exception {
        Path folder = RandomModel.small(1).write(temp);
        assertThat(run(folder, "unset"))
                .contains("ModelLoadException")
                .contains("Start java with --add-modules jdk.incubator.vector");
    }

    /** Seven threads on a projection of 16 rows would compute 14 of them. */
    @Test
    void aNarrowModelOnManyProcessorsGetsFewThreadsAndExactResults() throws Exception {
        Path folder = new RandomModel(64, 128, 2, 4, 1, 200, true, 4).write(temp);
        assertThat(run(folder, "unset", VECTORS, "-XX:ActiveProcessorCount=7")).contains("threads 4, exact true");
        assertThat(run(folder, "5", VECTORS, "-XX:ActiveProcessorCount=7"))
                .contains("threads is 5")
                .contains("16 wide")
                .contains("at most 4");
    }

    /** With three threads the columns fill no whole tiles, so a span of 5 or 20 rows would lose corners. */
    @Test
    void threadsThatLeaveTilesUnfilledGetExactResults() throws Exception {
        Path folder = RandomModel.small(4).write(temp);
        assertThat(run(folder, "3", VECTORS, "-XX:ActiveProcessorCount=4")).contains("threads 3, exact true");
    }

    @Test
    void moreThreadsThanProcessorsAreRefused() throws Exception {
        Path folder = RandomModel.small(4).write(temp);
        assertThat(run(folder, "5", VECTORS, "-XX:ActiveProcessorCount=4")).contains("the JVM has 4 processors");
    }

    @Test
    void aSecondModelThatThePoolDoesNotFitIsRefused() throws Exception {
        Path wide = RandomModel.small(4).write(temp.resolve("wide"));
        Path narrow = new RandomModel(64, 128, 1, 4, 1, 200, true, 4).write(temp.resolve("narrow"));
        assertThat(run(wide, "unset", VECTORS, "-XX:ActiveProcessorCount=6", "-Dsecond=" + narrow))
                .contains("threads 6, exact true")
                .contains("Jlama's pool already runs 6 threads")
                .contains("at most 4 threads");
    }

    /** A stand-in for jlama-native, which miscomputes; it says when it is made. */
    @Test
    void theNativeLibraryIsKeptOutEvenWhereItIsOnTheClassPath() throws Exception {
        Path folder = RandomModel.small(4).write(temp.resolve("model"));
        Path classes = nativeStandIn();
        assertThat(run(folder, "unset", VECTORS, "-Dextra=" + classes))
                .contains("exact true")
                .doesNotContain("native operations are made");
        assertThat(run(folder, "unset", VECTORS, "-Dother-code-first", "-Dextra=" + classes))
                .contains("native operations are made")
                .contains("ModelLoadException")
                .contains("Take jlama-native off the class path");
    }

    private Path nativeStandIn() throws IOException {
        Path classes = Files.createDirectories(temp.resolve("classes"));
        Path source = Files.writeString(temp.resolve("NativeSimdTensorOperations.java"), """
                package com.github.tjake.jlama.tensor.operations;
                public class NativeSimdTensorOperations extends NaiveTensorOperations {
                    public NativeSimdTensorOperations() {
                        System.out.println("native operations are made");
                    }
                }
                """);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        VECTORS,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(code).isZero();
        return classes;
    }

    private static String run(Path folder, String threads, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        String extra = List.of(flags).stream()
                .filter(flag -> flag.startsWith("-Dextra="))
                .map(flag -> File.pathSeparator + flag.substring("-Dextra=".length()))
                .findFirst()
                .orElse("");
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path") + extra));
        command.addAll(List.of(CompareWithReference.class.getName(), folder.toString(), threads));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
