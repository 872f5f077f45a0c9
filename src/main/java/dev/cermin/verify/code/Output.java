package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process writes, in files: of a pipe, the JDK may lose the last bytes when the process ends while they are read.
 * Not thread-safe.
 */
final class Output {
    private static final String OPEN = "exec 3>> \"$1\"; shift; exec \"$@\"";
    private static final String SAY_READY = "echo >&3; exec \"$@\" 3>&-";

    private final Path output;
    private final Path errors;
    private final Path ready;
    private final int limit;

    Output(Path folder, int limit) {
        this.output = folder.resolve("output");
        this.errors = folder.resolve("errors");
        this.ready = folder.resolve("ready");
        this.limit = limit;
    }

    /** The command, with what sets up the sandbox and what runs in it between the two. */
    List<String> around(List<String> setUp) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", OPEN, "sh", ready.toString()));
        command.addAll(setUp);
        return command;
    }

    /** Runs a command in the sandbox, after the word that it is set up; that the command has no way to take back. */
    static List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", SAY_READY, "sh"));
        all.addAll(command);
        return all;
    }

    void redirect(ProcessBuilder builder) {
        // appended, so that no program can write over what is there
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    }

    /** Whether the program has started. */
    boolean isReady() throws IOException {
        return Files.exists(ready) && Files.size(ready) > 0;
    }

    boolean isTooMuch() throws IOException {
        return Files.size(output) + Files.size(errors) > limit;
    }

    /** Of standard output, what is within the limit. */
    String output() throws IOException {
        return read(output, limit);
    }

    /** Of standard error, what is left of the limit. */
    String errors() throws IOException {
        return read(errors, Math.max(0, limit - Files.size(output)));
    }

    private static String read(Path file, long bytes) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes((int) bytes), UTF_8);
        }
    }
}
