package dev.cermin.embedded;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The running application of a home, in {@code HOME/run.json}, so that other commands find it.
 *
 * @param pid the application's process id
 * @param startedMillis when that process started, since 1970: a process id alone may be somebody else's by now
 * @param httpUrl where it answers; may be empty
 * @param jdbcUrl its database, without user and password; may be empty
 * @param bootstrapServers its Kafka; may be empty
 */
public record RunFile(long pid, long startedMillis, String httpUrl, String jdbcUrl, String bootstrapServers) {

    /** Records this process as the running application, in place of whatever was recorded. */
    public static RunFile write(Path home, String httpUrl, String jdbcUrl, String bootstrapServers) {
        LivePid self = LivePid.current();
        RunFile run = new RunFile(self.pid(), self.startedMillis(), httpUrl, jdbcUrl, bootstrapServers);
        try {
            PostgresAccess.writePrivately(file(home), Json.text(run));
        } catch (IOException e) {
            throw new StoresException("Cannot write " + file(home) + ": " + e + ". Make the home writable.", e);
        }
        return run;
    }

    /** The running application; empty if none is recorded, or if the one recorded has ended. */
    public static Optional<RunFile> read(Path home) {
        try {
            RunFile run = Json.read(Files.readAllBytes(file(home)), RunFile.class);
            return Optional.of(run).filter(r -> new LivePid(r.pid, r.startedMillis).isAlive());
        } catch (NoSuchFileException | JsonException e) {
            return Optional.empty(); // none, or torn by a crash: nobody is to be found by it
        } catch (IOException e) {
            throw new StoresException(
                    "Cannot read " + file(home) + ": " + e + ". Make it readable, or delete it if nothing runs.", e);
        }
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
}
