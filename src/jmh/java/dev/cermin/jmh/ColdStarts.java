package dev.cermin.jmh;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first loop of fresh JVMs without options, on the class path of an application that embeds the library alone. */
final class ColdStarts {
    private static final int RUNS = 10;

    /** langchain4j-core and its own dependencies, by file name without version. */
    private static final List<String> LIBRARIES = List.of(
            "langchain4j-core", "jackson-annotations", "jackson-core", "jackson-databind", "slf4j-api", "jspecify");

    private ColdStarts() {}

    /**
     * How long one took.
     *
     * @param fromMain milliseconds from the first line of main to the answer
     * @param fromStart the same from the start of the process
     */
    private record Start(double fromMain, double fromStart) {}

    /** Takes some seconds; gives what is to be printed. */
    static String run() throws IOException, InterruptedException {
        String classPath = classPath();
        List<Start> starts = new ArrayList<>();
        while (starts.size() < RUNS) {
            starts.add(start(classPath));
        }
        return "%-52s %8s %8s%n"
                        .formatted("First loop of a cold JVM, %d times, ms".formatted(RUNS), "median", "maximum")
                + line("from the first line of main to the answer", starts, Start::fromMain)
                + line("from the start of the process to the answer", starts, Start::fromStart);
    }

    private static Start start(String classPath) throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        ColdStart.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("A cold start ended with exit code " + exit + ": " + printed);
        }
        // behind what the logging says of itself
        String[] numbers = printed.substring(printed.lastIndexOf('\n') + 1).split(" ", -1);
        return new Start(Long.parseLong(numbers[0]) / 1e6, Long.parseLong(numbers[1]) - begun);
    }

    private static String classPath() {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        Stream<String> folders = all.stream().filter(entry -> !entry.endsWith(".jar"));
        return Stream.concat(folders, LIBRARIES.stream().map(library -> jar(library, all)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(String library, List<String> all) {
        return all.stream()
                .filter(entry -> Path.of(entry).getFileName().toString().matches(library + "-[0-9][0-9A-Za-z.]*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + library + " on the class path"));
    }

    private static String line(String what, List<Start> starts, ToDoubleFunction<Start> milliseconds) {
        double[] sorted = starts.stream().mapToDouble(milliseconds).sorted().toArray();
        double median = (sorted[(RUNS - 1) / 2] + sorted[RUNS / 2]) / 2;
        return "%-52s %8.0f %8.0f%n".formatted(what, median, sorted[RUNS - 1]);
    }
}
