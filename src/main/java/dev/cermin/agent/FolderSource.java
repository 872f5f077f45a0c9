package dev.cermin.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder that holds {@code agents} and {@code prompts}. */
record FolderSource(Path root) implements Source {
    private static final String ENDING = ".yaml";

    @Override
    public Optional<String> read(String path) {
        Path file = root.resolve(path);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(NotUtf8Exception.text(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> agentNames() {
        Path agents = root.resolve("agents");
        List<String> names = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        try (Stream<Path> files = Files.list(agents)) {
            files.sorted().forEach(file -> {
                String name = file.getFileName().toString();
                if (name.endsWith(".yml")) {
                    faults.add(new Fault(file.toString(), 0, "", "agent files end in .yaml; rename it"));
                } else if (name.endsWith(ENDING) && !name.startsWith(".")) {
                    names.add(name.substring(0, name.length() - ENDING.length()));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            String why = Files.isDirectory(agents)
                    ? "can't be listed: " + e
                    : "there is no such folder; one with a file NAME.yaml for each agent is expected here";
            throw new AgentFileException(List.of(new Fault(agents.toString(), 0, "", why)));
        }
        if (!faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public String place(String path) {
        return root.resolve(path).toString();
    }

    @Override
    public List<String> promptIds() {
        Path prompts = root.resolve("prompts");
        try (Stream<Path> files = Files.walk(prompts)) {
            return files.map(file -> prompts.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // a hint less; that the prompt is missing is told all the same
            return List.of();
        }
    }
}
