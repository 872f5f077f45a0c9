package dev.cermin.model.remote;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;

/** Mistral's chat completions. */
public final class MistralProvider extends RemoteProvider {
    public MistralProvider() {
        super("mistral", "langchain4j-mistral-ai");
    }

    @Override
    ChatModel chat(Asked asked) {
        return MistralAiChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .defaultRequestParameters(parameters(asked))
                .safePrompt(asked.flag("safe-prompt", false))
                .randomSeed(asked.number("random-seed"))
                .returnThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return MistralAiStreamingChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(asked.apiKeyOrFail())
                .defaultRequestParameters(parameters(asked))
                .safePrompt(asked.flag("safe-prompt", false))
                .randomSeed(asked.number("random-seed"))
                .returnThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .build();
    }

    private static ChatRequestParameters parameters(Asked asked) {
        asked.takesSchemas(true);
        return ChatRequestParameters.builder()
                .modelName(asked.modelOrFail("mistral-small-latest"))
                .build();
    }
}
