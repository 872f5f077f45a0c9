package dev.cermin.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the messages of a conversation, in turn: what a tool gave belongs to a call before it. */
final class Turns {
    private static final Pattern DATA = Pattern.compile("data:([^;,]+);base64,(.*)", Pattern.DOTALL);

    private final Map<String, String> toolById = new HashMap<>();

    List<ChatMessage> read(List<Fields> messages) {
        List<ChatMessage> all = new ArrayList<>();
        for (Fields message : messages) {
            all.add(read(message));
        }
        return all;
    }

    private ChatMessage read(Fields message) {
        String role = message.required("role");
        return switch (role) {
            case "system", "developer" -> SystemMessage.from(said(message));
            case "user" -> user(message);
            case "assistant" -> assistant(message);
            case "tool" -> result(message);
            default -> throw message.wrong("role", "system, developer, user, assistant or tool");
        };
    }

    private static String said(Fields message) {
        String text = text(message);
        if (text.isBlank()) {
            throw message.wrong("content", "A text");
        }
        return text;
    }

    /** The text of a message, of its parts where it has such. */
    private static String text(Fields message) {
        return contents(message).stream()
                .map(content -> {
                    if (content instanceof TextContent text) {
                        return text.text();
                    }
                    throw message.wrong("content", "A text");
                })
                .collect(Collectors.joining());
    }

    private static UserMessage user(Fields message) {
        List<Content> contents = contents(message);
        if (contents.isEmpty()) {
            throw message.wrong("content", "A text, or a list of parts,");
        }
        return UserMessage.from(contents);
    }

    private static List<Content> contents(Fields message) {
        JsonNode content = message.get("content");
        if (content.isTextual()) {
            return List.of(TextContent.from(content.textValue()));
        }
        List<Content> parts = new ArrayList<>();
        for (Fields part : message.objects("content")) {
            parts.add(part(part));
        }
        return parts;
    }

    private static Content part(Fields part) {
        String type = part.required("type");
        return switch (type) {
            case "text" -> TextContent.from(part.get("text").asText());
            case "refusal" -> TextContent.from(part.get("refusal").asText());
            case "image_url" -> image(part);
            default -> throw part.wrong("type", "text or image_url, as no agent reads '%s',".formatted(type));
        };
    }

    private static Content image(Fields part) {
        Fields image = part.object("image_url");
        if (image == null) {
            throw part.wrong("image_url", "An object with a url");
        }
        String url = image.required("url");
        Matcher data = DATA.matcher(url);
        if (data.matches()) {
            return ImageContent.from(data.group(2), data.group(1));
        }
        try {
            return ImageContent.from(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw image.wrong("url", "A URL, or data in base64,");
        }
    }

    private AiMessage assistant(Fields message) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (Fields call : message.objects("tool_calls")) {
            Fields function = call.object("function");
            if (function == null) {
                throw call.wrong("function", "An object");
            }
            String id = call.required("id");
            String name = function.required("name");
            toolById.put(id, name);
            String arguments = function.text("arguments");
            calls.add(ToolExecutionRequest.builder()
                    .id(id)
                    .name(name)
                    .arguments(arguments == null ? "{}" : arguments)
                    .build());
        }
        String text = text(message);
        if (calls.isEmpty()) {
            return AiMessage.from(text);
        }
        return AiMessage.builder()
                .text(text.isEmpty() ? null : text)
                .toolExecutionRequests(calls)
                .build();
    }

    private ToolExecutionResultMessage result(Fields message) {
        String id = message.required("tool_call_id");
        String name = toolById.get(id);
        if (name == null) {
            throw message.wrong("tool_call_id", "The id of a tool call in an assistant's message before this one");
        }
        return ToolExecutionResultMessage.from(id, name, text(message));
    }
}
