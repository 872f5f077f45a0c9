package dev.cermin.gateway.openai;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.chat.HandedBack.ToolCall;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One completion as JSON, whole or in chunks. */
final class Answer {
    private final Task task;
    private final AgentDefinition agent;
    private final String fingerprint;

    Answer(Task task, AgentDefinition agent) {
        this.task = task;
        this.agent = agent;
        this.fingerprint = "fp_" + agent.hash().substring(0, 12);
    }

    /** @param reasoning the loop in words */
    String whole(Ending ending, String reasoning) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", ending.content());
        message.put("refusal", ending.refusal());
        message.put("reasoning_content", reasoning);
        if (ending.tools() != null) {
            message.put("tool_calls", toolCalls(ending, false));
        }
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("logprobs", null);
        choice.put("finish_reason", ending.finishReason());
        Map<String, Object> all = head("chat.completion");
        all.put("choices", List.of(choice));
        all.put("usage", usage(ending.outcome()));
        all.put("cermin", cermin(ending.outcome()));
        return Json.text(all);
    }

    String begun() {
        return chunk(Map.of("role", "assistant", "content", ""), null, null);
    }

    String reasoning(String text) {
        return chunk(Map.of("reasoning_content", text), null, null);
    }

    /** What comes at the end, in the order in which it is sent. */
    List<String> rest(Ending ending, boolean usage) {
        List<String> chunks = new ArrayList<>();
        if (ending.content() != null) {
            pieces(ending.content()).forEach(piece -> chunks.add(chunk(Map.of("content", piece), null, null)));
        }
        if (ending.refusal() != null) {
            chunks.add(chunk(Map.of("refusal", ending.refusal()), null, null));
        }
        if (ending.tools() != null) {
            chunks.add(chunk(Map.of("tool_calls", toolCalls(ending, true)), null, null));
        }
        chunks.add(chunk(Map.of(), ending.finishReason(), ending.outcome()));
        if (usage) {
            Map<String, Object> last = head("chat.completion.chunk");
            last.put("choices", List.of());
            last.put("usage", usage(ending.outcome()));
            chunks.add(Json.text(last));
        }
        return chunks;
    }

    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int space = text.indexOf(' ', from + 80);
            int to = space < 0 ? text.length() : space + 1;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private String chunk(Map<String, ?> delta, @Nullable String finishReason, @Nullable Outcome outcome) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("logprobs", null);
        choice.put("finish_reason", finishReason);
        Map<String, Object> all = head("chat.completion.chunk");
        all.put("choices", List.of(choice));
        if (outcome != null) {
            all.put("cermin", cermin(outcome));
        }
        return Json.text(all);
    }

    private Map<String, Object> head(String object) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", "chatcmpl-" + task.id());
        all.put("object", object);
        all.put("created", task.createdAt().getEpochSecond());
        all.put("model", agent.name());
        all.put("system_fingerprint", fingerprint);
        return all;
    }

    private List<Map<String, Object>> toolCalls(Ending ending, boolean indexed) {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (ToolCall tool : ending.calls()) {
            Map<String, Object> call = new LinkedHashMap<>();
            if (indexed) {
                call.put("index", calls.size());
            }
            call.put("id", tool.id() == null ? "call_%s_%d".formatted(task.id(), calls.size()) : tool.id());
            call.put("type", "function");
            call.put("function", Map.of("name", tool.name(), "arguments", tool.arguments()));
            calls.add(call);
        }
        return calls;
    }

    /** Of the whole loop. */
    private static Map<String, Object> usage(Outcome outcome) {
        Usage usage = outcome.usage();
        return Map.of(
                "prompt_tokens", usage.tokensIn(),
                "completion_tokens", usage.tokensOut(),
                "total_tokens", usage.tokens());
    }

    /** Cermin's own field: official clients pass on what they don't know. */
    static Map<String, Object> cermin(Outcome outcome) {
        return Map.of(
                "task",
                outcome.taskId().toString(),
                "accepted",
                outcome.accepted(),
                "stop_reason",
                outcome.stop().reason().name().toLowerCase(Locale.ROOT),
                "rounds",
                outcome.attempts().stream().mapToInt(each -> each.round()).max().orElse(0),
                "trace",
                "/api/tasks/%s/trace".formatted(outcome.taskId()));
    }
}
