package dev.cermin.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where agent and prompt files are read from: a folder that holds {@code agents} and {@code prompts}, or the class path. */
public interface Source {
    /**
     * The text of a file, by its path below the source; empty where there is none.
     *
     * @throws java.io.UncheckedIOException where it can't be read, or is not UTF-8
     */
    Optional<String> read(String path);

    /**
     * The names of the agents there, without {@code .yaml}, sorted.
     *
     * @throws AgentFileException where they can't be listed
     */
    List<String> agentNames();

    /** How to call a file of it in a message. */
    String place(String path);

    /** The prompts there, such as {@code tagged/generate@1}, so that a message can name the nearest; none if unknown. */
    default List<String> promptIds() {
        return List.of();
    }

    /** Whether there may be agents beside the {@link #agentNames()}, to be asked for by name; default no. */
    default boolean hasUnlisted() {
        return false;
    }

    static Source folder(Path root) {
        return new FolderSource(root);
    }

    /**
     * The class path. It can't be listed, so its agents are those that an {@code agents/index.txt} on it names, a name a
     * line; others are found by their names. Of files that stand there twice an application's own goes before Cermin's.
     */
    static Source classPath() {
        return new ClassPathSource();
    }
}
