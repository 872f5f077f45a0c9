package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The running application of a home, in {@code HOME/run.json}, so that other commands find it.
 *
 * @param pid the application's process id
 * @param httpUrl where it answers; may be empty
 * @param jdbcUrl its database, without user and password; may be empty
 * @param bootstrapServers its Kafka; may be empty
 */
public record RunFile(long pid, String httpUrl, String jdbcUrl, String bootstrapServers) {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d+))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** Records this process as the running application, in place of whatever was recorded. */
    public static RunFile write(Path home, String httpUrl, String jdbcUrl, String bootstrapServers) {
        LivePid self = LivePid.current();
        String json = "{\n  \"pid\": " + self.pid() + ",\n  \"startedMillis\": " + self.startedMillis()
                + ",\n  \"httpUrl\": " + quote(httpUrl) + ",\n  \"jdbcUrl\": " + quote(jdbcUrl)
                + ",\n  \"bootstrapServers\": " + quote(bootstrapServers) + "\n}\n";
        try {
            PostgresAccess.writePrivately(file(home), json);
        } catch (IOException e) {
            throw new StoresException("Cannot write " + file(home) + ": " + e + ". Make the home writable.", e);
        }
        return new RunFile(self.pid(), httpUrl, jdbcUrl, bootstrapServers);
    }

    /** The running application; empty if none is recorded, or if the one recorded has ended. */
    public static Optional<RunFile> read(Path home) {
        Map<String, String> fields = new TreeMap<>();
        try {
            Matcher field = FIELD.matcher(Files.readString(file(home)));
            while (field.find()) {
                String text = field.group(2) == null ? field.group(3) : field.group(2);
                fields.put(field.group(1), ESCAPE.matcher(text).replaceAll("$1"));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoresException(
                    "Cannot read " + file(home) + ": " + e + ". Make it readable, or delete it if nothing runs.", e);
        }
        return LivePid.parse(fields.getOrDefault("pid", "") + " " + fields.getOrDefault("startedMillis", "0"))
                .filter(LivePid::isAlive)
                .map(owner -> new RunFile(
                        owner.pid(),
                        fields.getOrDefault("httpUrl", ""),
                        fields.getOrDefault("jdbcUrl", ""),
                        fields.getOrDefault("bootstrapServers", "")));
    }

    /** Takes the record back if it is this process's or of a process that has ended; leaves another's. */
    public static void delete(Path home) {
        if (read(home).filter(run -> run.pid() != ProcessHandle.current().pid()).isPresent()) {
            return;
        }
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw new StoresException("Cannot delete " + file(home) + ": " + e + ". Delete it by hand.", e);
        }
    }

    private static Path file(Path home) {
        return home.resolve("run.json");
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
