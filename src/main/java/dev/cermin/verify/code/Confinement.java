package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way of this machine to keep a program from all but what it is shown: namespaces of users, mounts, processes, network
 * and IPC, without a right in any of them. Implementations are immutable, so thread-safe.
 */
sealed interface Confinement permits Bubblewrap, Unshare, AsNobody {
    /** Folders of tools; the environment's PATH is not asked. */
    List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/local/sbin");

    /**
     * What is to be run, and what it sees.
     *
     * @param root an empty folder that the new root can be mounted on
     * @param shown the machine's files and folders by the path at which they are seen
     * @param command run inside, in {@link Program#SCRATCH}
     */
    record Room(Path root, Map<String, Path> shown, Limits limits, List<String> command) {}

    /** For messages: the tool that does it. */
    String name();

    /** What the machine must have for it. */
    List<String> tools();

    /** The command that runs the room's command confined. */
    List<String> command(Room room);

    /** Where the machine has a tool. */
    static Optional<Path> find(String tool) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first process of the namespace: ends what lasts longer than it may even where nobody watches any more. */
    static List<String> guard(Limits limits) {
        long seconds = limits.wallClock().plusMillis(999).toSeconds() + 30;
        return List.of("timeout", "--signal=KILL", String.valueOf(seconds));
    }

    static String script(String name) {
        try (InputStream script = Confinement.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("Cermin's jar lacks " + name);
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
