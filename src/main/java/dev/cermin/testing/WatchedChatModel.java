package dev.cermin.testing;

import dev.cermin.run.Call;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Another model, and a line for each call of it. As thread-safe as the two are. */
final class WatchedChatModel implements ChatModel {
    private static final int MOST = 160;

    private final String name;
    private final ChatModel model;
    private final Consumer<String> seen;

    WatchedChatModel(String name, ChatModel model, Consumer<String> seen) {
        this.name = name;
        this.model = model;
        this.seen = seen;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        String asked = "%s was asked: %s".formatted(name, Brief.line(Call.shown(request.messages()), MOST));
        try {
            ChatResponse response = model.chat(request, options);
            String said = Call.shown(List.of(response.aiMessage()));
            seen.accept("%s%n    and said: %s".formatted(asked, Brief.line(said, MOST)));
            return response;
        } catch (RuntimeException | Error e) {
            seen.accept("%s%n    and threw: %s".formatted(asked, Brief.line(e.toString(), MOST)));
            throw e;
        }
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return chat(request, ChatRequestOptions.EMPTY);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
