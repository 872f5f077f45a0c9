package dev.cermin.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of a contender's own, all with the same options; it ends with this one. */
final class Child {
    private static final List<String> OPTIONS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private Child() {}

    /** A class of this room; gives what it prints. */
    static List<String> run(Class<?> main, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        return run(List.of("-cp", System.getProperty("java.class.path"), main.getName()), environment, args);
    }

    /** The product as it is packaged. */
    static List<String> runProduct(Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        return run(product(), environment, args);
    }

    /** The same, in the background. */
    static Process startProduct(Map<String, String> environment, String... args) throws IOException {
        return start(builder(product(), environment, args)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** As its launcher starts it. */
    private static List<String> product() {
        Path jar = Path.of(System.getProperty("cermin.root"), "target", "quarkus-app", "quarkus-run.jar");
        return List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:disable",
                "-jar",
                jar.toString());
    }

    private static List<String> run(List<String> what, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        Process process = start(builder(what, environment, args).redirectError(ProcessBuilder.Redirect.INHERIT));
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        }
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("%s %s ended with exit code %d: %s"
                    .formatted(what.getLast(), String.join(" ", args), exit, String.join("\n", lines)));
        }
        return lines;
    }

    private static ProcessBuilder builder(List<String> what, Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(what);
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
