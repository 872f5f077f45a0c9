package dev.cermin.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.run.Call;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request: what its answer depends on. Two with the same JSON are the same request.
 *
 * @param messages as LangChain4j writes them
 * @param parameters by name, those that are set
 */
record RecordedRequest(List<Map<String, Object>> messages, Map<String, Object> parameters) {
    private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    static RecordedRequest of(ChatRequest request) {
        ChatRequestParameters given = request.parameters();
        Map<String, Object> set = new TreeMap<>();
        put(set, "model", given.modelName());
        put(set, "temperature", given.temperature());
        put(set, "topP", given.topP());
        put(set, "topK", given.topK());
        put(set, "frequencyPenalty", given.frequencyPenalty());
        put(set, "presencePenalty", given.presencePenalty());
        put(set, "maxTokens", given.maxOutputTokens());
        put(set, "stop", given.stopSequences());
        put(set, "tools", tools(given.toolSpecifications()));
        put(
                set,
                "toolChoice",
                given.toolChoice() == null ? null : given.toolChoice().name());
        put(set, "responseFormat", format(given.responseFormat()));
        return new RecordedRequest(maps(request.messages()), set);
    }

    private static void put(Map<String, Object> set, String name, @Nullable Object value) {
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            set.put(name, value);
        }
    }

    private static @Nullable List<Map<String, Object>> tools(@Nullable List<ToolSpecification> tools) {
        return tools == null ? null : tools.stream().map(RecordedRequest::map).toList();
    }

    private static Map<String, Object> map(ToolSpecification tool) {
        return Json.read(tool.toJson(), MAP);
    }

    private static @Nullable Object format(@Nullable ResponseFormat format) {
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return null;
        }
        JsonSchema schema = format.jsonSchema();
        if (schema == null) {
            return "JSON";
        }
        // only the schema of a tool can be written by what LangChain4j declares as public
        return schema.rootElement() instanceof JsonObjectSchema object
                ? map(ToolSpecification.builder()
                        .name(schema.name())
                        .parameters(object)
                        .build())
                : schema.toString();
    }

    private static List<Map<String, Object>> maps(List<ChatMessage> messages) {
        return Json.read(ChatMessageSerializer.messagesToJson(messages), MAPS);
    }

    static Map<String, Object> map(ChatMessage message) {
        return Json.read(ChatMessageSerializer.messageToJson(message), MAP);
    }

    /** The same, as the LangChain4j of today would write it: its own form may have grown since. */
    RecordedRequest current() {
        return new RecordedRequest(maps(read()), parameters);
    }

    private List<ChatMessage> read() {
        return ChatMessageDeserializer.messagesFromJson(Json.text(messages));
    }

    /** Equal for equal requests, whatever the order of their keys. */
    String key() {
        return Json.text(this);
    }

    /** How far off another request is: parameters that differ, and messages that do, which count for more. */
    int distance(RecordedRequest other) {
        int common = Math.min(messages.size(), other.messages.size());
        int off = 4 * (Math.max(messages.size(), other.messages.size()) - common);
        for (int i = 0; i < common; i++) {
            off += Json.text(messages.get(i)).equals(Json.text(other.messages.get(i))) ? 0 : 4;
        }
        return off + names(other).size();
    }

    /** How much text the first message that differs has in common with the other's, in characters. */
    int nearness(RecordedRequest other) {
        List<String> mine = texts();
        List<String> others = other.texts();
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            String text = mine.get(i);
            String another = others.get(i);
            if (!text.equals(another)) {
                int most = Math.min(text.length(), another.length());
                int before = 0;
                while (before < most && text.charAt(before) == another.charAt(before)) {
                    before++;
                }
                int after = 0;
                while (after < most - before
                        && text.charAt(text.length() - 1 - after) == another.charAt(another.length() - 1 - after)) {
                    after++;
                }
                return before + after;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** What differs in a request that was given, a line or more each. */
    List<String> differences(RecordedRequest given) {
        List<String> all = new ArrayList<>();
        List<ChatMessage> mine = read();
        List<ChatMessage> others = given.read();
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            if (!Json.text(messages.get(i)).equals(Json.text(given.messages.get(i)))) {
                all.add("message %d (%s), ".formatted(i + 1, type(mine.get(i)))
                        + difference(mine.get(i), others.get(i)));
            }
        }
        if (mine.size() != others.size()) {
            all.add("messages: recorded %d, given %d".formatted(mine.size(), others.size()));
        }
        for (String name : names(given)) {
            all.add("%s: recorded %s, given %s".formatted(name, shown(this, name), shown(given, name)));
        }
        return all;
    }

    private static String difference(ChatMessage recorded, ChatMessage given) {
        if (recorded.type() != given.type()) {
            return "given as " + type(given);
        }
        String mine = Call.shown(List.of(recorded));
        String other = Call.shown(List.of(given));
        return mine.equals(other)
                ? Brief.difference("recorded", Json.text(map(recorded)), Json.text(map(given)), "    ")
                        .strip()
                : Brief.difference("recorded", mine, other, "    ").strip();
    }

    private static String type(ChatMessage message) {
        return message.type().name().toLowerCase(java.util.Locale.ROOT);
    }

    private List<String> texts() {
        return read().stream().map(message -> Call.shown(List.of(message))).toList();
    }

    private Set<String> names(RecordedRequest other) {
        Set<String> all = new HashSet<>(parameters.keySet());
        all.addAll(other.parameters.keySet());
        all.removeIf(name -> shown(this, name).equals(shown(other, name)));
        return new TreeSet<>(all);
    }

    private static String shown(RecordedRequest request, String name) {
        Object value = request.parameters.get(name);
        return value == null ? "none" : Json.text(value);
    }
}
