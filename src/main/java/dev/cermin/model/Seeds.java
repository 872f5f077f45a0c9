package dev.cermin.model;

import dev.cermin.model.jlama.JlamaRequestParameters;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import org.jspecify.annotations.Nullable;

/** Sets the seed of a request, which LangChain4j leaves to each provider's own parameters. */
public final class Seeds {
    private Seeds() {}

    /** The parameters with a seed; null where the model's provider takes none. */
    public static @Nullable ChatRequestParameters with(ChatRequestParameters parameters, Model model, long seed) {
        if (model.chat().defaultRequestParameters() instanceof JlamaRequestParameters) {
            return JlamaRequestParameters.of(parameters, seed);
        }
        return model.chat().provider() == ModelProvider.OPEN_AI ? OpenAi.of(parameters, seed) : null;
    }

    /** Apart, so that its library is looked for only when it is used. */
    private static final class OpenAi {
        static ChatRequestParameters of(ChatRequestParameters parameters, long seed) {
            return OpenAiChatRequestParameters.builder()
                    .overrideWith(parameters)
                    .seed((int) seed)
                    .build();
        }
    }
}
