package dev.cermin.model.remote;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** OpenAI, and any endpoint that is compatible: llama-server, vLLM, a gateway. */
public final class OpenAiProvider extends RemoteProvider {
    public OpenAiProvider() {
        super("openai", "langchain4j-open-ai");
    }

    @Override
    ChatModel chat(Asked asked) {
        return OpenAiChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(key(asked))
                .organizationId(asked.text("organization"))
                .projectId(asked.text("project"))
                .defaultRequestParameters(parameters(asked))
                .strictJsonSchema(asked.flag("strict-json-schema", false))
                .strictTools(asked.flag("strict-tools", false))
                .returnThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(asked.baseUrl())
                .apiKey(key(asked))
                .organizationId(asked.text("organization"))
                .projectId(asked.text("project"))
                .defaultRequestParameters(parameters(asked))
                .strictJsonSchema(asked.flag("strict-json-schema", false))
                .strictTools(asked.flag("strict-tools", false))
                .returnThinking(true)
                .customHeaders(asked.headers())
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .build();
    }

    /** Compatible endpoints may do without a key, but want the header all the same. */
    private static String key(Asked asked) {
        String key = asked.apiKey();
        return key != null ? key : asked.baseUrl() != null ? "none" : asked.apiKeyOrFail();
    }

    private static OpenAiChatRequestParameters parameters(Asked asked) {
        boolean own = asked.baseUrl() == null;
        // OpenAI's newer models take no max_tokens, and compatible endpoints often nothing else
        if (asked.flag("max-completion-tokens", own)) {
            asked.prepares(OpenAiProvider::completionTokens);
        }
        asked.takesSchemas(own);
        return OpenAiChatRequestParameters.builder()
                .modelName(asked.modelOrFail("gpt-4.1-mini"))
                .reasoningEffort(asked.text("reasoning-effort"))
                .serviceTier(asked.text("service-tier"))
                .user(asked.text("user"))
                .build();
    }

    private static ChatRequest completionTokens(ChatRequest request) {
        return ChatRequest.builder()
                .messages(request.messages())
                .parameters(OpenAiChatRequestParameters.builder()
                        .overrideWith(request.parameters())
                        .maxCompletionTokens(request.parameters().maxOutputTokens())
                        .maxOutputTokens(null)
                        .build())
                .build();
    }
}
