package dev.cermin.verify.code;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program for the sandbox.
 *
 * @param command what is run, and its arguments; paths are those inside
 * @param files what lies in {@code /input}, read-only, by plain file name
 * @param shown files and folders of the machine that are seen inside, read-only, by the path at which they are seen;
 *     {@code /usr} and the system's libraries are seen in any case
 * @param environment variables beside {@code PATH}, {@code HOME} and {@code LANG}
 * @param input standard input, 4 KiB at most; then it ends
 */
public record Program(
        List<String> command,
        Map<String, byte[]> files,
        Map<String, Path> shown,
        Map<String, String> environment,
        String input) {
    /** Where {@link #files} are. */
    public static final String INPUT = "/input";
    /** The working and home folder; the only one that can be written to, gone when the program ends. */
    public static final String SCRATCH = "/scratch";

    public Program {
        command = List.copyOf(command);
        files = Map.copyOf(files);
        shown = Collections.unmodifiableMap(new LinkedHashMap<>(shown));
        environment = Map.copyOf(environment);
        if (input.length() > 4096) {
            throw new IllegalArgumentException(
                    "4096 characters of standard input at most, not " + input.length() + "; use a file");
        }
        for (String name : files.keySet()) {
            if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
                throw new IllegalArgumentException("A plain file name is expected, not '" + name + "'");
            }
        }
    }

    public Program(String... command) {
        this(List.of(command), Map.of(), Map.of(), Map.of(), "");
    }
}
