package dev.cermin.gateway.openai;

import dev.cermin.chat.Fields;
import dev.cermin.chat.HandedBack.ToolCall;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of the Responses API: a response, and the items of its output. */
final class ResponseBody {
    private final Fields request;
    private final Task task;
    private final String model;

    ResponseBody(Fields request, Task task, String model) {
        this.request = request;
        this.task = task;
        this.model = model;
    }

    String reasoningId() {
        return "rs_" + task.id();
    }

    String messageId() {
        return "msg_" + task.id();
    }

    Map<String, Object> begun() {
        return response("in_progress", List.of());
    }

    Map<String, Object> failed(OpenAiException error) {
        Map<String, Object> response = response("failed", List.of());
        response.put("error", Map.of("code", "server_error", "message", error.getMessage()));
        return response;
    }

    /** @param reasoning the loop in words, a part a step */
    Map<String, Object> ended(Ending ending, List<String> reasoning) {
        List<Map<String, Object>> output = new ArrayList<>();
        output.add(reasoning(reasoning));
        if (ending.refusal() != null || ending.content() != null) {
            output.add(message(ending, "completed"));
        }
        output.addAll(calls(ending));
        boolean cut = ending.finishReason().equals("length");
        Map<String, Object> response = response(cut ? "incomplete" : "completed", output);
        if (cut) {
            // the API knows two reasons; what the limit was is told in cermin.stop_reason
            response.put("incomplete_details", Map.of("reason", "max_output_tokens"));
        }
        Usage usage = ending.outcome().usage();
        response.put(
                "usage",
                Map.of(
                        "input_tokens", usage.tokensIn(),
                        "input_tokens_details", Map.of("cached_tokens", 0),
                        "output_tokens", usage.tokensOut(),
                        "output_tokens_details", Map.of("reasoning_tokens", 0),
                        "total_tokens", usage.tokens()));
        response.put("cermin", Answer.cermin(ending.outcome()));
        return response;
    }

    Map<String, Object> reasoning(List<String> parts) {
        return Map.of(
                "id",
                reasoningId(),
                "type",
                "reasoning",
                "summary",
                parts.stream().map(ResponseBody::summary).toList());
    }

    static Map<String, Object> summary(String text) {
        return Map.of("type", "summary_text", "text", text);
    }

    /** @param status {@code in_progress}: without its content yet */
    Map<String, Object> message(Ending ending, String status) {
        return Map.of(
                "id",
                messageId(),
                "type",
                "message",
                "role",
                "assistant",
                "status",
                status,
                "content",
                status.equals("completed") ? List.of(part(ending)) : List.of());
    }

    static Map<String, Object> part(Ending ending) {
        return ending.refusal() != null
                ? Map.of("type", "refusal", "refusal", ending.refusal())
                : text(ending.content() == null ? "" : ending.content());
    }

    static Map<String, Object> text(String text) {
        return Map.of("type", "output_text", "text", text, "annotations", List.of(), "logprobs", List.of());
    }

    List<Map<String, Object>> calls(Ending ending) {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (ToolCall tool : ending.calls()) {
            int index = calls.size();
            calls.add(Map.of(
                    "id",
                    "fc_%s_%d".formatted(task.id(), index),
                    "type",
                    "function_call",
                    "status",
                    "completed",
                    "call_id",
                    tool.id() == null ? "call_%s_%d".formatted(task.id(), index) : tool.id(),
                    "name",
                    tool.name(),
                    "arguments",
                    tool.arguments()));
        }
        return calls;
    }

    private Map<String, Object> response(String status, List<Map<String, Object>> output) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("id", "resp_" + task.id());
        response.put("object", "response");
        response.put("created_at", task.createdAt().getEpochSecond());
        response.put("status", status);
        response.put("model", model);
        response.put("output", output);
        response.put("error", null);
        response.put("incomplete_details", null);
        response.put("usage", null);
        response.put("previous_response_id", null);
        response.put("store", false);
        echo(response, "instructions", null);
        echo(response, "max_output_tokens", null);
        echo(response, "metadata", Map.of());
        echo(response, "parallel_tool_calls", true);
        echo(response, "temperature", null);
        echo(response, "text", Map.of("format", Map.of("type", "text")));
        echo(response, "tool_choice", "auto");
        echo(response, "tools", List.of());
        echo(response, "top_p", null);
        return response;
    }

    private void echo(Map<String, Object> response, String name, @Nullable Object otherwise) {
        response.put(name, request.has(name) ? request.get(name) : otherwise);
    }
}
