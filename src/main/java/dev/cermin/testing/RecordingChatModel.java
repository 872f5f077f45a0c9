package dev.cermin.testing;

import dev.cermin.json.Json;
import dev.cermin.testing.Recording.Answer;
import dev.cermin.testing.Recording.Exchange;
import dev.cermin.testing.Recording.Head;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * A real model whose exchanges are written to a file, for {@link ReplayingChatModel}. Thread-safe.
 *
 * <p>The file is JSON Lines in UTF-8. Its first line says how it is written and what was recorded:
 *
 * <pre>{@code {"capabilities":[],"provider":"OPEN_AI","recording":"cermin/1"}}</pre>
 *
 * <p>Each line after it is an exchange, in the order in which they ended:
 *
 * <pre>{@code
 * {"request":{
 *    "messages":[{"contents":[{"text":"9x-15=21","type":"TEXT"}],"type":"USER"}],
 *    "parameters":{"temperature":0.0}},
 *  "response":{
 *    "message":{"attributes":{},"text":"x=4","toolExecutionRequests":[],"type":"AI"},
 *    "model":"gpt-x","finishReason":"STOP","tokensIn":12,"tokensOut":3}}
 * }</pre>
 *
 * <p>Messages are in LangChain4j's own form, with thinking and tool calls. Parameters are those that the caller sets of
 * {@code model}, {@code temperature}, {@code topP}, {@code topK}, {@code frequencyPenalty}, {@code presencePenalty},
 * {@code maxTokens}, {@code stop}, {@code tools}, {@code toolChoice} and {@code responseFormat}. Nothing else of the model
 * is written: no key, no address, no header, and none of its own defaults. What the messages say is written as it is.
 * A call that fails is not recorded.
 */
public final class RecordingChatModel implements ChatModel {
    private final ChatModel real;
    private final Path file;
    private boolean begun;

    private RecordingChatModel(ChatModel real, Path file) {
        this.real = real;
        this.file = file;
    }

    /**
     * Records what this model is asked.
     *
     * @param file replaced at the first exchange; its folder is made if need be
     */
    public static RecordingChatModel of(ChatModel real, Path file) {
        return new RecordingChatModel(real, file);
    }

    /** Here, and not in {@link #doChat}, since here the request is still without the model's defaults. */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        ChatResponse response = real.chat(request, options);
        write(new Exchange(RecordedRequest.of(request), Answer.of(response)));
        return response;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return chat(request, ChatRequestOptions.EMPTY);
    }

    private synchronized void write(Exchange exchange) {
        try {
            if (!begun) {
                if (file.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                }
                Files.writeString(file, Json.text(Head.of(real)) + "\n");
                begun = true;
            }
            Files.write(file, Json.bytes(exchange), StandardOpenOption.APPEND);
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + file + " can't be written", e);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return real.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return real.listeners();
    }

    @Override
    public ModelProvider provider() {
        return real.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return real.supportedCapabilities();
    }
}
