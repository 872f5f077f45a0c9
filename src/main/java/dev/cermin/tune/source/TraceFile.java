package dev.cermin.tune.source;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stored trace as a file: a JSON array, as the gateway gives it, or a step a line, as evaluations write it. */
public final class TraceFile {
    private TraceFile() {}

    /**
     * Its steps, with an intact hash chain and an end.
     *
     * @throws IllegalArgumentException where it is no trace, was changed, or has no end; says which
     */
    public static List<TraceStep> read(Path file) throws IOException {
        List<TraceStep> steps;
        try {
            // lines that a kill cut short may end within a character
            steps = parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException("no trace: " + e.getMessage(), e);
        }
        Verification chain = Chain.verify(steps);
        if (!chain.intact()) {
            throw new IllegalArgumentException("the trace is not as it was recorded: " + chain.problem());
        }
        if (!chain.complete()) {
            throw new IllegalArgumentException("the task has not ended");
        }
        return steps;
    }

    private static List<TraceStep> parse(String text) {
        if (text.stripLeading().startsWith("[")) {
            return List.of(Json.read(text, TraceStep[].class));
        }
        List<TraceStep> steps = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> steps.add(Json.read(line, TraceStep.class)));
        return steps;
    }
}
