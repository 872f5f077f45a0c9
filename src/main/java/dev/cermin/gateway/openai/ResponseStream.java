package dev.cermin.gateway.openai;

import dev.cermin.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response as events, in the order of the Responses API: the reasoning's item, then the message's or the calls'. */
final class ResponseStream {
    private final Exchange exchange;
    private final ResponseBody body;
    private final List<String> reasoning = new ArrayList<>();
    private int sent;

    ResponseStream(Exchange exchange, ResponseBody body) {
        this.exchange = exchange;
        this.body = body;
    }

    void begin() {
        send("response.created", Map.of("response", body.begun()));
        send("response.in_progress", Map.of("response", body.begun()));
        send("response.output_item.added", Map.of("output_index", 0, "item", body.reasoning(List.of())));
    }

    /** A step of the loop, as one part of the reasoning's summary. */
    void reason(String words) {
        Map<String, Object> place =
                Map.of("item_id", body.reasoningId(), "output_index", 0, "summary_index", reasoning.size());
        send("response.reasoning_summary_part.added", with(place, "part", ResponseBody.summary("")));
        send("response.reasoning_summary_text.delta", with(place, "delta", words));
        send("response.reasoning_summary_text.done", with(place, "text", words));
        send("response.reasoning_summary_part.done", with(place, "part", ResponseBody.summary(words)));
        reasoning.add(words);
    }

    void end(Ending ending) {
        send("response.output_item.done", Map.of("output_index", 0, "item", body.reasoning(reasoning)));
        int index = 1;
        if (ending.refusal() != null || ending.content() != null) {
            message(ending, index);
            index++;
        }
        for (Map<String, Object> call : body.calls(ending)) {
            call(call, index);
            index++;
        }
        Map<String, Object> response = body.ended(ending, reasoning);
        send("response." + response.get("status"), Map.of("response", response));
    }

    void fail(OpenAiException error) {
        send("response.failed", Map.of("response", body.failed(error)));
    }

    private void message(Ending ending, int index) {
        Map<String, Object> place = Map.of("item_id", body.messageId(), "output_index", index, "content_index", 0);
        send("response.output_item.added", Map.of("output_index", index, "item", body.message(ending, "in_progress")));
        if (ending.refusal() != null) {
            send("response.content_part.added", with(place, "part", Map.of("type", "refusal", "refusal", "")));
            send("response.refusal.delta", with(place, "delta", ending.refusal()));
            send("response.refusal.done", with(place, "refusal", ending.refusal()));
        } else {
            String text = ending.content() == null ? "" : ending.content();
            send("response.content_part.added", with(place, "part", ResponseBody.text("")));
            for (String piece : Answer.pieces(text)) {
                send("response.output_text.delta", with(with(place, "delta", piece), "logprobs", List.of()));
            }
            send("response.output_text.done", with(with(place, "text", text), "logprobs", List.of()));
        }
        send("response.content_part.done", with(place, "part", ResponseBody.part(ending)));
        send("response.output_item.done", Map.of("output_index", index, "item", body.message(ending, "completed")));
    }

    private void call(Map<String, Object> call, int index) {
        Map<String, Object> place = Map.of("item_id", String.valueOf(call.get("id")), "output_index", index);
        Object arguments = call.getOrDefault("arguments", "");
        Map<String, Object> begun = with(with(call, "arguments", ""), "status", "in_progress");
        send("response.output_item.added", Map.of("output_index", index, "item", begun));
        send("response.function_call_arguments.delta", with(place, "delta", arguments));
        send(
                "response.function_call_arguments.done",
                with(with(place, "arguments", arguments), "name", call.getOrDefault("name", "")));
        send("response.output_item.done", Map.of("output_index", index, "item", call));
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private void send(String type, Map<String, Object> content) {
        exchange.event(type, Json.text(with(with(content, "type", type), "sequence_number", sent)));
        sent++;
    }
}
