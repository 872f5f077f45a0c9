package dev.cermin.eval;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trace of every task beside, as JSON Lines in {@code ID.jsonl}: what {@code TraceFixture} reads.
 *
 * @param carriage that takes the tasks
 * @param folder of the traces
 */
public record TraceFiles(Carriage carriage, Path folder) implements Carriage {
    @Override
    public String name() {
        return carriage.name();
    }

    @Override
    public @Nullable String fault(AgentDefinition agent, Task task) {
        return carriage.fault(agent, task);
    }

    @Override
    public List<TraceStep> carry(AgentDefinition agent, Task task) throws InterruptedException {
        List<TraceStep> steps = carriage.carry(agent, task);
        String lines = steps.stream().map(Json::text).collect(Collectors.joining("\n", "", "\n"));
        Path file = folder.resolve(task.id() + ".jsonl");
        try {
            Files.createDirectories(folder);
            Files.write(file, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The trace can't be written to " + file, e);
        }
        return steps;
    }
}
