package dev.cermin.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.chat.Fields;
import java.util.List;

/** A request of the Responses API as the chat completion that it is: input items are messages. */
final class ResponsesRequest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What means the same in both. */
    private static final List<String> SAME =
            List.of("model", "stream", "temperature", "top_p", "metadata", "user", "seed", "top_logprobs");

    private final Fields request;
    private final ArrayNode messages = JSON.arrayNode();

    private ResponsesRequest(Fields request) {
        this.request = request;
    }

    /** @throws dev.cermin.chat.ChatFormatException where it can't be read */
    static Fields chat(Fields request) {
        return new ResponsesRequest(request).chat();
    }

    private Fields chat() {
        refuse();
        ObjectNode chat = JSON.objectNode();
        for (String name : SAME) {
            if (request.has(name)) {
                chat.set(name, request.get(name));
            }
        }
        if (request.has("max_output_tokens")) {
            chat.set("max_completion_tokens", request.get("max_output_tokens"));
        }
        String instructions = request.text("instructions");
        if (instructions != null && !instructions.isBlank()) {
            messages.addObject().put("role", "system").put("content", instructions);
        }
        if (request.get("input").isTextual()) {
            messages.addObject().put("role", "user").set("content", request.get("input"));
        } else {
            request.objects("input").forEach(this::item);
        }
        if (messages.isEmpty()) {
            throw request.wrong("input", "A text, or a list of items,");
        }
        chat.set("messages", messages);
        tools(chat);
        format(chat);
        return new Fields(chat, "");
    }

    private void refuse() {
        for (String name : List.of("previous_response_id", "conversation", "prompt")) {
            if (request.has(name)) {
                throw OpenAiException.unsupported(
                        name, "Responses are not kept here: send the whole conversation as input, without " + name);
            }
        }
        if (request.flag("background")) {
            throw OpenAiException.unsupported(
                    "background", "Responses are waited for; POST /api/tasks takes tasks to be asked about later");
        }
    }

    private void item(Fields item) {
        String type = item.text("type");
        switch (type == null ? "message" : type) {
            case "message" -> message(item);
            case "function_call" -> call(item);
            case "function_call_output" ->
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", item.required("call_id"))
                        .set("content", texts(item, "output"));
            case "reasoning" -> {
                // the agent's own of an earlier response, which the client sends back
            }
            default ->
                throw item.wrong(
                        "type", "message, function_call or function_call_output, as '%s' is not read,".formatted(type));
        }
    }

    private void message(Fields item) {
        messages.addObject().put("role", item.required("role")).set("content", texts(item, "content"));
    }

    private static JsonNode texts(Fields item, String name) {
        if (item.get(name).isTextual()) {
            return item.get(name);
        }
        ArrayNode parts = JSON.arrayNode();
        for (Fields part : item.objects(name)) {
            String type = part.required("type");
            switch (type) {
                case "input_text", "output_text", "text" ->
                    parts.addObject().put("type", "text").set("text", part.get("text"));
                case "refusal" -> parts.addObject().put("type", "refusal").set("refusal", part.get("refusal"));
                case "input_image" ->
                    parts.addObject()
                            .put("type", "image_url")
                            .putObject("image_url")
                            .put("url", part.required("image_url"));
                default ->
                    throw part.wrong("type", "input_text or input_image, as no agent reads '%s',".formatted(type));
            }
        }
        return parts;
    }

    /** Calls that follow each other, or the assistant's text, are one message's, as they were one answer's. */
    private void call(Fields item) {
        ObjectNode message = messages.path(messages.size() - 1) instanceof ObjectNode last
                        && last.path("role").asText().equals("assistant")
                ? last
                : messages.addObject().put("role", "assistant");
        message.withArrayProperty("tool_calls")
                .addObject()
                .put("id", item.required("call_id"))
                .put("type", "function")
                .putObject("function")
                .put("name", item.required("name"))
                .put("arguments", item.text("arguments"));
    }

    private void tools(ObjectNode chat) {
        for (Fields tool : request.objects("tools")) {
            String type = tool.required("type");
            if (!type.equals("function")) {
                throw tool.wrong("type", "function, as there is no tool '%s' here,".formatted(type));
            }
            ObjectNode function = tool.node().deepCopy();
            function.remove("type");
            chat.withArrayProperty("tools").addObject().put("type", type).set("function", function);
        }
        if (request.has("tool_choice")) {
            chat.set("tool_choice", request.get("tool_choice"));
        }
    }

    private void format(ObjectNode chat) {
        Fields text = request.object("text");
        Fields format = text == null ? null : text.object("format");
        if (format == null) {
            return;
        }
        ObjectNode asked = chat.putObject("response_format").put("type", format.required("type"));
        if (format.has("schema")) {
            asked.putObject("json_schema").set("schema", format.get("schema"));
        }
    }
}
