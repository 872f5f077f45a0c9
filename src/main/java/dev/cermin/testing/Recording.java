package dev.cermin.testing;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file of recorded exchanges holds; the form is described at {@link RecordingChatModel}.
 *
 * @param head the first line
 * @param exchanges the others
 */
record Recording(Head head, List<Exchange> exchanges) {
    static final String FORM = "cermin/1";

    /**
     * @param recording the form's version
     * @param provider of the model, as LangChain4j names it
     * @param capabilities of the model, which requests depend on
     */
    record Head(String recording, String provider, List<String> capabilities) {
        static Head of(ChatModel model) {
            return new Head(
                    FORM,
                    model.provider().name(),
                    model.supportedCapabilities().stream()
                            .map(Capability::name)
                            .sorted()
                            .toList());
        }

        ModelProvider modelProvider() {
            return List.of(ModelProvider.values()).stream()
                    .filter(known -> known.name().equals(provider))
                    .findFirst()
                    .orElse(ModelProvider.OTHER);
        }
    }

    record Exchange(RecordedRequest request, Answer response) {
        Exchange {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(response, "response");
        }
    }

    /**
     * @param message text, thinking and tool calls, as LangChain4j writes them
     * @param model which the provider says has answered
     * @param finishReason as LangChain4j names it
     */
    record Answer(
            Map<String, Object> message,
            @Nullable String model,
            @Nullable String finishReason,
            @Nullable Integer tokensIn,
            @Nullable Integer tokensOut) {
        static Answer of(ChatResponse response) {
            TokenUsage usage = response.tokenUsage();
            return new Answer(
                    RecordedRequest.map(response.aiMessage()),
                    response.modelName(),
                    response.finishReason() == null
                            ? null
                            : response.finishReason().name(),
                    usage == null ? null : usage.inputTokenCount(),
                    usage == null ? null : usage.outputTokenCount());
        }

        ChatResponse response() {
            return ChatResponse.builder()
                    .aiMessage((AiMessage) ChatMessageDeserializer.messageFromJson(Json.text(message)))
                    .modelName(model)
                    .finishReason(finishReason == null ? null : FinishReason.valueOf(finishReason))
                    .tokenUsage(tokensIn == null && tokensOut == null ? null : new TokenUsage(tokensIn, tokensOut))
                    .build();
        }
    }

    static Recording read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + file + " can't be read", e);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("The recording " + file + " is empty; record it anew");
        }
        Head head = line(file, 1, lines.getFirst(), Head.class);
        if (!FORM.equals(head.recording())) {
            throw new IllegalArgumentException("%s, line 1: a recording of the form %s is expected, not %s"
                    .formatted(file, FORM, head.recording()));
        }
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Exchange exchange = line(file, i + 1, lines.get(i), Exchange.class);
            exchanges.add(new Exchange(exchange.request().current(), exchange.response()));
        }
        return new Recording(head, exchanges);
    }

    private static <T> T line(Path file, int number, String json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (JsonException e) {
            throw new IllegalArgumentException("%s, line %d: %s".formatted(file, number, e.getMessage()), e);
        }
    }
}
