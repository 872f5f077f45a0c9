package dev.cermin.model;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The models of a configuration, each made when it is first asked for. Thread-safe. */
public final class ConfiguredModels implements Models, AutoCloseable {
    /** The name of the model that comes with Cermin. */
    public static final String BUNDLED = "mirror";

    private final Map<String, ModelSettings> settings;
    private final Path cache;
    private final Map<String, Model> made = new ConcurrentHashMap<>();

    /**
     * @param settings by name; {@value #BUNDLED} need not be among them
     * @param cache where the bundled model is unpacked
     */
    public ConfiguredModels(Map<String, ModelSettings> settings, Path cache) {
        var all = new TreeMap<>(settings);
        all.putIfAbsent(BUNDLED, ModelSettings.BUNDLED);
        this.settings = all;
        this.cache = cache;
    }

    @Override
    public Model named(String name) {
        ModelSettings found = settings.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no model '%s'; configured are %s. Set cermin.models.%s.provider and what it needs"
                            .formatted(name, settings.keySet(), name));
        }
        return made.computeIfAbsent(name, n -> new Model(n, found.provider(), make(n, found), found.price()));
    }

    private ChatModel make(String name, ModelSettings model) {
        return switch (model.provider()) {
            case "jlama" ->
                JlamaChatModel.builder()
                        .name(name)
                        .folder(model.path() == null ? BundledModel.unpack(cache) : model.path())
                        .build();
            case "openai" -> openAi(name, model);
            default ->
                throw new IllegalArgumentException("cermin.models.%s.provider is '%s'; jlama or openai is expected"
                        .formatted(name, model.provider()));
        };
    }

    private static ChatModel openAi(String name, ModelSettings model) {
        if (model.baseUrl() == null || model.model() == null) {
            throw new IllegalArgumentException(
                    "An openai model needs cermin.models.%s.base-url and cermin.models.%s.model".formatted(name, name));
        }
        return OpenAiChatModel.builder()
                .baseUrl(model.baseUrl().toString())
                .apiKey(model.apiKey() == null ? "none" : model.apiKey())
                .modelName(model.model())
                .timeout(model.timeout())
                .maxRetries(model.maxRetries())
                .build();
    }

    @Override
    public void close() {
        for (Model model : made.values()) {
            if (model.chat() instanceof JlamaChatModel engine) {
                engine.close();
            }
        }
    }
}
