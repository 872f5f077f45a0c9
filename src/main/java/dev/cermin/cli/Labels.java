package dev.cermin.cli;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What reviewers decided about answers, by task. */
final class Labels {
    static final Labels NONE = new Labels(Map.of());

    private final Map<UUID, List<Label>> byTask;

    /**
     * One decision.
     *
     * @param task whose answer it is about
     * @param round of another draft; null: of the answer
     * @param right whether it is
     * @param by who says so
     */
    record Label(
            UUID task,
            @Nullable Integer round,
            @Nullable Boolean right,
            @Nullable String by) {}

    private Labels(Map<UUID, List<Label>> byTask) {
        this.byTask = byTask;
    }

    /** @throws CommandFailure with every line that is none */
    static Labels read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure("The labels can't be read from %s: %s".formatted(file, e));
        }
        List<String> faults = new ArrayList<>();
        Map<UUID, List<Label>> all = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            try {
                Label label = Json.read(lines.get(i), Label.class);
                if (label.task() == null || label.right() == null) {
                    faults.add("%s:%d: %s is missing".formatted(file, i + 1, label.task() == null ? "task" : "right"));
                } else {
                    all.computeIfAbsent(label.task(), task -> new ArrayList<>()).add(label);
                }
            } catch (JsonException e) {
                faults.add("%s:%d: %s; {\"task\": ID, \"right\": true or false, \"by\": NAME} is expected"
                        .formatted(file, i + 1, e.getMessage()));
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandFailure(String.join("\n", faults));
        }
        return new Labels(all);
    }

    /** The last word on a draft: on that round, or on the answer where it is the answer; null where there is none. */
    @Nullable
    Label of(UUID task, int round, boolean answer) {
        Label last = null;
        for (Label label : byTask.getOrDefault(task, List.of())) {
            if (label.round() == null ? answer : label.round() == round) {
                last = label;
            }
        }
        return last;
    }
}
