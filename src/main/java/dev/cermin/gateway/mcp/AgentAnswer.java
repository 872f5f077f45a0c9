package dev.cermin.gateway.mcp;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A tool's structured result.
 *
 * @param answer the best draft
 * @param accepted whether the agent's verifiers and critics accept it
 * @param score the lowest that a critic gave it, in [0, 1]; null where none scored it
 * @param stopReason why the loop ended, in lower case
 * @param rounds corrections made
 * @param task the task's id
 * @param trace the resource with its steps
 */
record AgentAnswer(
        String answer,
        boolean accepted,
        @Nullable Double score,
        String stopReason,
        int rounds,
        String task,
        String trace) {
    static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "answer", described("string", "The best draft"),
                    "accepted", described("boolean", "Whether verifiers and critics accept it"),
                    "score", described("number", "The lowest that a critic gave it, from 0 to 1"),
                    "stopReason", described("string", "Why the loop ended, such as accepted or rounds"),
                    "rounds", described("integer", "Corrections made"),
                    "task", described("string", "The task's id"),
                    "trace", described("string", "The resource with its steps")),
            "required",
            List.of("answer", "accepted", "stopReason", "rounds", "task", "trace"));

    private static Map<String, String> described(String type, String description) {
        return Map.of("type", type, "description", description);
    }

    static AgentAnswer of(Outcome outcome, Attempt best) {
        OptionalDouble lowest = best.critiques().stream()
                .filter(Critique::readable)
                .mapToDouble(Critique::score)
                .min();
        return new AgentAnswer(
                best.draft().output(),
                outcome.accepted(),
                lowest.isPresent() ? Double.valueOf(lowest.getAsDouble()) : null,
                outcome.stop().reason().name().toLowerCase(Locale.ROOT),
                outcome.attempts().stream().mapToInt(Attempt::round).max().orElse(0),
                outcome.taskId().toString(),
                TraceResources.uri(outcome.taskId()));
    }
}
