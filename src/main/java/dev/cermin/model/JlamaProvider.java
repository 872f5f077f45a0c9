package dev.cermin.model;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;

/** Llama models in process: the bundled one, or a folder's. */
public final class JlamaProvider implements ModelProvider {
    @Override
    public String name() {
        return "jlama";
    }

    @Override
    public ChatModel make(String model, ModelSettings settings, Path cache) {
        Path folder = settings.path();
        return JlamaChatModel.builder()
                .name(model)
                .folder(folder == null ? BundledModel.unpack(cache) : folder)
                .build();
    }
}
