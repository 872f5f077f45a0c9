package dev.cermin.model.remote;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import org.jspecify.annotations.Nullable;

/** Google's Gemini API, as of AI Studio. */
public final class GeminiProvider extends RemoteProvider {
    public GeminiProvider() {
        super("gemini", "langchain4j-google-ai-gemini");
    }

    @Override
    ChatModel chat(Asked asked) {
        return GoogleAiGeminiChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .defaultRequestParameters(parameters(asked))
                .thinkingConfig(thinking(asked))
                .returnThinking(true)
                .sendThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .defaultRequestParameters(parameters(asked))
                .thinkingConfig(thinking(asked))
                .returnThinking(true)
                .sendThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .build();
    }

    private static ChatRequestParameters parameters(Asked asked) {
        asked.takesSchemas(true);
        return ChatRequestParameters.builder()
                .modelName(asked.modelOrFail("gemini-2.5-flash"))
                .build();
    }

    private static @Nullable GeminiThinkingConfig thinking(Asked asked) {
        Integer budget = asked.number("thinking-budget");
        String level = asked.text("thinking-level");
        return budget == null && level == null
                ? null
                : GeminiThinkingConfig.builder()
                        .includeThoughts(true)
                        .thinkingBudget(budget)
                        .thinkingLevel(level)
                        .build();
    }
}
