package dev.cermin.model.remote;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages API. */
public final class AnthropicProvider extends RemoteProvider {
    private static final int MAX_TOKENS = 4096;

    public AnthropicProvider() {
        super("anthropic", "langchain4j-anthropic");
    }

    @Override
    ChatModel chat(Asked asked) {
        return AnthropicChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .version(asked.text("version"))
                .beta(asked.text("beta"))
                .defaultRequestParameters(parameters(asked))
                .thinkingType(thinking(asked))
                .thinkingBudgetTokens(asked.number("thinking-budget"))
                .returnThinking(true)
                .cacheSystemMessages(asked.flag("cache-system-messages", false))
                .cacheTools(asked.flag("cache-tools", false))
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return AnthropicStreamingChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .version(asked.text("version"))
                .beta(asked.text("beta"))
                // this builder takes no default parameters
                .modelName(parameters(asked).modelName())
                .maxTokens(parameters(asked).maxOutputTokens())
                .thinkingType(thinking(asked))
                .thinkingBudgetTokens(asked.number("thinking-budget"))
                .returnThinking(true)
                .cacheSystemMessages(asked.flag("cache-system-messages", false))
                .cacheTools(asked.flag("cache-tools", false))
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .build();
    }

    private static ChatRequestParameters parameters(Asked asked) {
        // only the newer models take schemas
        asked.takesSchemas(false);
        return ChatRequestParameters.builder()
                .modelName(asked.modelOrFail("claude-sonnet-4-5"))
                .maxOutputTokens(maxTokens(asked))
                .build();
    }

    /** The API wants it; of a request that says nothing. */
    private static int maxTokens(Asked asked) {
        Integer most = asked.number("max-tokens");
        return most == null ? MAX_TOKENS : most;
    }

    private static @Nullable String thinking(Asked asked) {
        return asked.number("thinking-budget") == null ? null : "enabled";
    }
}
