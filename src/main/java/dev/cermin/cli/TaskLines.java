package dev.cermin.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks of a file of JSON Lines. */
final class TaskLines {
    private TaskLines() {}

    /**
     * @param defaults what a line may leave out
     * @throws CommandFailure with every line that is no task: then none is submitted
     */
    static List<Map<String, Object>> read(Path file, Map<String, Object> defaults) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure("The tasks can't be read from %s: %s".formatted(file, e));
        }
        List<Map<String, Object>> tasks = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Map<String, Object> task = new LinkedHashMap<>(defaults);
            try {
                task.putAll(Json.read(lines.get(i), new TypeReference<Map<String, Object>>() {}));
            } catch (JsonException e) {
                faults.add("%s:%d: a JSON object is expected".formatted(file, i + 1));
                continue;
            }
            for (String needed : List.of("agent", "input")) {
                if (!task.containsKey(needed)) {
                    faults.add("%s:%d: %s is missing".formatted(file, i + 1, needed));
                }
            }
            tasks.add(task);
        }
        if (!faults.isEmpty()) {
            throw new CommandFailure("Nothing was submitted.\n" + String.join("\n", faults));
        }
        if (tasks.isEmpty()) {
            throw new CommandFailure("%s has no tasks".formatted(file));
        }
        return tasks;
    }
}
