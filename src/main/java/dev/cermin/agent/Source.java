package dev.cermin.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where agent and prompt files are read from: a folder that holds {@code agents} and {@code prompts}, or the class path. */
public interface Source {
    /** The text of a file, by its path below the source; empty where there is none. */
    Optional<String> read(String path);

    /** The names of the agents there, without {@code .yaml}, sorted. */
    List<String> agentNames();

    /** How to call a file of it in a message. */
    String place(String path);

    static Source folder(Path root) {
        return new Source() {
            @Override
            public Optional<String> read(String path) {
                Path file = root.resolve(path);
                try {
                    return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
                } catch (IOException e) {
                    throw new UncheckedIOException("Can't read " + file + " as UTF-8 text", e);
                }
            }

            @Override
            public List<String> agentNames() {
                Path agents = root.resolve("agents");
                try (Stream<Path> files = Files.list(agents)) {
                    return files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.substring(0, name.length() - ".yaml".length()))
                            .sorted()
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException("Can't list the agents in " + agents, e);
                }
            }

            @Override
            public String place(String path) {
                return root.resolve(path).toString();
            }
        };
    }

    /** The class path; its agents are listed in {@code agents/index.txt}, since a class path can't be listed. */
    static Source classPath() {
        return new Source() {
            @Override
            public Optional<String> read(String path) {
                try (InputStream in = loader().getResourceAsStream(path)) {
                    return in == null
                            ? Optional.empty()
                            : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException("Can't read " + place(path), e);
                }
            }

            @Override
            public List<String> agentNames() {
                return read("agents/index.txt")
                        .orElse("")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .sorted()
                        .toList();
            }

            @Override
            public String place(String path) {
                return "classpath:" + path;
            }

            private ClassLoader loader() {
                ClassLoader context = Thread.currentThread().getContextClassLoader();
                return context != null && context.getResource("agents/index.txt") != null
                        ? context
                        : Source.class.getClassLoader();
            }
        };
    }
}
