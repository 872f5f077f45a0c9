package dev.cermin.model;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.model.jlama.ModelCache;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;

/** Llama models in process: the bundled one, a folder's, or one of a local cache by its name. */
public final class JlamaProvider implements ModelProvider {
    @Override
    public String name() {
        return "jlama";
    }

    @Override
    public ChatModel make(String model, ModelSettings settings, Path cache) {
        return JlamaChatModel.builder()
                .name(model)
                .folder(folder(settings, cache))
                .build();
    }

    private static Path folder(ModelSettings settings, Path cache) {
        if (settings.path() != null) {
            return settings.path();
        }
        return settings.model() == null ? BundledModel.unpack(cache) : ModelCache.find(settings.model(), cache);
    }
}
