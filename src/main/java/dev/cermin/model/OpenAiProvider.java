package dev.cermin.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.nio.file.Path;

/** Any OpenAI-compatible endpoint: OpenAI itself, llama-server, vLLM, a gateway. */
public final class OpenAiProvider implements ModelProvider {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public ChatModel make(String model, ModelSettings settings, Path cache) {
        if (settings.baseUrl() == null || settings.model() == null) {
            throw new IllegalArgumentException(
                    "An openai model needs cermin.models.%s.base-url and cermin.models.%s.model"
                            .formatted(model, model));
        }
        return OpenAiChatModel.builder()
                .baseUrl(settings.baseUrl().toString())
                // endpoints without keys want the header all the same
                .apiKey(settings.apiKey() == null ? "none" : settings.apiKey())
                .modelName(settings.model())
                .timeout(settings.timeout())
                .maxRetries(settings.maxRetries())
                .build();
    }
}
