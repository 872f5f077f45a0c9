package dev.cermin.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.run.Conversation;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads conversations: the messages and parameters of a chat completion request, as OpenAI's API has them. Of the rest of
 * a request nothing is read here.
 */
public final class Conversations {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> KEPT = List.of(
            "messages",
            "tools",
            "tool_choice",
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "presence_penalty",
            "frequency_penalty");

    private Conversations() {}

    /** Any request as JSON. */
    public static Fields request(byte[] body) {
        try {
            JsonNode request = MAPPER.readTree(body);
            if (request == null || !request.isObject()) {
                throw new ChatFormatException("", "A JSON object is expected as the body");
            }
            return new Fields(request, "");
        } catch (IOException e) {
            throw new ChatFormatException("", "The body is not JSON: " + e.getMessage());
        }
    }

    /** What of a request is read here, alone. */
    public static String text(Fields request) {
        ObjectNode kept = MAPPER.createObjectNode();
        for (String name : KEPT) {
            if (request.has(name)) {
                kept.set(name, request.get(name));
            }
        }
        try {
            return MAPPER.writeValueAsString(kept);
        } catch (IOException e) {
            throw new IllegalStateException("A tree of JSON can be written", e);
        }
    }

    /** @throws ChatFormatException where it is none */
    public static Conversation read(byte[] json) {
        return read(request(json));
    }

    /** @throws ChatFormatException where it is none, or asks for what can't be passed on; the message says what is expected */
    public static Conversation read(Fields request) {
        List<Fields> messages = request.objects("messages");
        if (messages.isEmpty()) {
            throw request.wrong("messages", "A list with at least one message");
        }
        return new Conversation(new Turns().read(messages), parameters(request));
    }

    /** Whether it is one user message and nothing beside it: then the task's input says it all. */
    public static boolean plain(Conversation conversation) {
        return conversation.messages().size() == 1
                && conversation.messages().getFirst() instanceof dev.langchain4j.data.message.UserMessage user
                && user.hasSingleText()
                && conversation.parameters().equals(DefaultChatRequestParameters.EMPTY);
    }

    private static ChatRequestParameters parameters(Fields request) {
        Offer offer = Offer.read(request);
        Integer most = request.count("max_completion_tokens");
        var parameters = DefaultChatRequestParameters.builder()
                .temperature(request.number("temperature", 0, 2))
                .topP(request.number("top_p", 0, 1))
                .maxOutputTokens(most != null ? most : request.count("max_tokens"))
                .presencePenalty(request.number("presence_penalty", -2, 2))
                .frequencyPenalty(request.number("frequency_penalty", -2, 2));
        List<String> stop = stop(request);
        if (!stop.isEmpty()) {
            parameters.stopSequences(stop);
        }
        if (!offer.tools().isEmpty()) {
            parameters.toolSpecifications(offer.tools());
        }
        if (offer.choice() != null) {
            parameters.toolChoice(offer.choice());
        }
        return parameters.build();
    }

    private static List<String> stop(Fields request) {
        JsonNode given = request.get("stop");
        if (given.isMissingNode()) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(each -> all.add(each.textValue()));
        } else {
            all.add(given.textValue());
        }
        if (all.stream().anyMatch(Objects::isNull)) {
            throw request.wrong("stop", "A text or a list of texts");
        }
        return all;
    }
}
