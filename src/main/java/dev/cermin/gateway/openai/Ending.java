package dev.cermin.gateway.openai;

import dev.cermin.chat.HandedBack;
import dev.cermin.chat.HandedBack.ToolCall;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Draft;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.JsonSchemaVerifier;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a loop comes to for a client. The finish reason is {@code stop} where the loop came to an end of its own, accepted
 * or not; {@code length} where a limit or a failure cut it short and the best draft so far is the answer, or where that
 * draft's model was cut short; and {@code tool_calls}.
 *
 * @param content the answer; null where there are tool calls or a refusal
 * @param refusal why there is no answer in the form that was asked for; null where there is
 * @param tools what the client is to call; null for nothing
 */
record Ending(
        Outcome outcome,
        @Nullable String content,
        @Nullable String refusal,
        @Nullable HandedBack tools,
        String finishReason) {

    /**
     * @param steps all of them
     * @param json whether the answer is to be JSON
     * @throws OpenAiException where there is no draft at all, or the task was asked for again after its texts were erased
     */
    static Ending of(List<TraceStep> steps, boolean json) {
        Outcome outcome = outcome(steps);
        if (outcome.stop().reason() == StopReason.HANDED_BACK) {
            HandedBack tools = tools(steps);
            return new Ending(outcome, tools.content(), null, tools, "tool_calls");
        }
        Attempt best = outcome.best();
        if (best == null) {
            throw none(outcome);
        }
        String answer = best.draft().output();
        String refusal = json ? refusal(best) : null;
        return new Ending(
                outcome,
                refusal != null ? null : json ? bare(answer) : answer,
                refusal,
                null,
                best.draft().problems().contains(Draft.CUT)
                        ? "length"
                        : finishReason(outcome.stop().reason()));
    }

    private static Outcome outcome(List<TraceStep> steps) {
        try {
            return Replay.state(steps).outcome();
        } catch (IllegalArgumentException e) {
            throw erased(e.getMessage());
        }
    }

    private static OpenAiException erased(String why) {
        return OpenAiException.ended(
                410,
                "invalid_request_error",
                "erased",
                "The answer can't be told any more: %s. Another Idempotency-Key makes a new task".formatted(why));
    }

    /** What the client is to call; none where it is nothing. */
    List<ToolCall> calls() {
        return tools == null ? List.of() : tools.toolCalls();
    }

    private static String finishReason(StopReason reason) {
        return switch (reason) {
            case ACCEPTED, ROUNDS, NO_PROGRESS, OSCILLATION -> "stop";
            case REJECTED -> "content_filter";
            case BUDGET, DEADLINE, CANCELLED, FAILED -> "length";
            case HANDED_BACK -> "tool_calls";
        };
    }

    private static HandedBack tools(List<TraceStep> steps) {
        String response = steps.stream()
                .filter(step -> step.kind() == StepKind.GENERATE)
                .reduce((first, second) -> second)
                .map(step -> step.texts().response())
                .orElseThrow(() -> erased("what the model wrote was erased"));
        try {
            return Json.read(response, HandedBack.class);
        } catch (JsonException e) {
            throw new IllegalStateException("A task was handed back, and its trace doesn't tell what for", e);
        }
    }

    private static OpenAiException none(Outcome outcome) {
        String why = "Agent '%s' gave no answer: %s. Its trace is task %s"
                .formatted(outcome.agent(), outcome.stop().detail(), outcome.taskId());
        return switch (outcome.stop().reason()) {
            case DEADLINE -> OpenAiException.ended(504, "server_error", "deadline_exceeded", why);
            case BUDGET -> OpenAiException.ended(429, "insufficient_quota", "insufficient_quota", why);
            case CANCELLED -> OpenAiException.ended(409, "server_error", "cancelled", why);
            default -> OpenAiException.ended(502, "server_error", "agent_failed", why);
        };
    }

    private static @Nullable String refusal(Attempt best) {
        if (best.checks() == null) {
            return null;
        }
        String why = best.checks().stream()
                .filter(check -> check.verifier().equals(JsonSchemaVerifier.NAME) && !check.passed())
                .map(check -> check.message())
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? null : "There is no answer in the form that was asked for. Of the best: " + why;
    }

    /** The JSON without the fence that the verifier lets it stand in. */
    private static String bare(String answer) {
        String text = answer.strip();
        return text.startsWith("```") && text.endsWith("```") && text.indexOf('\n') > 0
                ? text.substring(text.indexOf('\n'), text.length() - 3).strip()
                : text;
    }
}
