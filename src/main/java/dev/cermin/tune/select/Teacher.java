package dev.cermin.tune.select;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.eval.Carriage;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.tune.Sample;
import dev.cermin.tune.source.LinesFile;
import dev.cermin.tune.source.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model that reflects on samples, as two agents: {@code tune-instruction} and {@code tune-response}. Their loops ask
 * once more where the markers are missing. As thread-safe as the carriage.
 *
 * @param carriage takes their tasks
 * @param instructions the agent that betters instructions
 * @param responses the agent that betters responses
 * @param model which one it is, to tell one selection from another
 */
public record Teacher(Carriage carriage, AgentDefinition instructions, AgentDefinition responses, String model) {
    public static final String INSTRUCTIONS = "tune-instruction";
    public static final String RESPONSES = "tune-response";

    /** The two agents as these have them, on the model of that name. */
    public static Teacher of(Agents agents, String name, Function<AgentDefinition, Carriage> carriage, String model) {
        AgentDefinition instructions = agents.named(INSTRUCTIONS).on(name);
        return new Teacher(
                carriage.apply(instructions),
                instructions,
                agents.named(RESPONSES).on(name),
                model);
    }

    /** What is asked, as JSON: a sample's text can then pose as nothing else. */
    @JsonPropertyOrder({"instruction", "input", "answer"})
    private record Question(String instruction, @Nullable String input, String answer) {}

    static String question(Sample sample) {
        return Json.text(
                new Question(sample.instruction(), sample.input().isBlank() ? null : sample.input(), sample.output()));
    }

    enum How {
        ANSWERED,
        /** By the model. */
        FAILED,
        /** The carriage can't take it. */
        NOT_ASKED
    }

    record Answer(Asked asked, How how) {}

    /**
     * Asks, unless the folder has the trace of that task: then it was killed before its answer was written down.
     *
     * @param folder of traces, {@code ID.jsonl} each
     */
    Answer ask(AgentDefinition agent, Task task, String sample, Function<String, Reply> reading, Path folder)
            throws InterruptedException {
        List<TraceStep> steps = kept(folder.resolve(task.id() + ".jsonl"));
        if (steps.isEmpty()) {
            String fault = carriage.fault(agent, task);
            if (fault != null) {
                return new Answer(Asked.failed(sample, null, "it can't be asked: " + fault), How.NOT_ASKED);
            }
            steps = carriage.carry(agent, task);
            try (LinesFile trace = new LinesFile(folder.resolve(steps.getFirst().taskId() + ".jsonl"))) {
                steps.forEach(step -> trace.add(Json.text(step)));
                trace.commit();
            }
        }
        Outcome outcome = Replay.state(steps).outcome();
        String trace = outcome.taskId().toString();
        if (Carriage.failed(outcome)) {
            return new Answer(
                    Asked.failed(
                            sample,
                            trace,
                            "the teacher failed: " + outcome.stop().detail()),
                    How.FAILED);
        }
        Reply reply = reading.apply(outcome.answer().orElseThrow());
        return new Answer(Asked.of(sample, trace, reply, outcome.attempts().size()), How.ANSWERED);
    }

    private static List<TraceStep> kept(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<TraceStep> steps = TraceFile.read(file);
            return Carriage.failed(Replay.state(steps).outcome()) ? List.of() : steps;
        } catch (IOException | IllegalArgumentException e) {
            throw new SelectionException(
                    "The trace %s can't be read: %s. Remove it, and its task is asked anew"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
