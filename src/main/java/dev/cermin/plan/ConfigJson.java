package dev.cermin.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a shape of a config.json as Hugging Face's transformers write it. */
final class ConfigJson {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Those whose matrices are Llama's, so that the arithmetic holds; of others the GGUF file says it all. */
    private static final Set<String> KNOWN =
            Set.of("llama", "mistral", "mixtral", "qwen2", "qwen3", "qwen3_moe", "phi3", "gemma", "gemma2");

    /** Those that leave out {@code tie_word_embeddings} where it is true: that is its default there. */
    private static final Set<String> TIED = Set.of("gemma", "gemma2");

    private final String source;
    private final Map<String, Object> config;

    private ConfigJson(String source, Map<String, Object> config) {
        this.source = source;
        this.config = config;
    }

    /**
     * @param source where it came from, for messages
     * @param name of the model
     */
    static Shape read(String json, String source, String name) {
        try {
            return new ConfigJson(source, Json.read(json, OBJECT)).shape(name);
        } catch (JsonException e) {
            throw new PlanException("%s is no JSON object: %s".formatted(source, e.getMessage()), e);
        }
    }

    private Shape shape(String name) {
        Object type = config.get("model_type");
        if (!(type instanceof String known) || !KNOWN.contains(known)) {
            throw new PlanException("%s says model_type '%s'; sizes are known of %s. Give its GGUF file instead"
                    .formatted(source, type, new java.util.TreeSet<>(KNOWN)));
        }
        int hidden = required("hidden_size");
        int heads = required("num_attention_heads");
        Integer headSize = integer("head_dim");
        int width = headSize != null ? headSize : hidden / Math.max(1, heads);
        Integer experts = first("num_local_experts", "num_experts");
        Integer used = integer("num_experts_per_tok");
        Integer expertWidth = integer("moe_intermediate_size");
        return new Shape(
                name,
                required("num_hidden_layers"),
                hidden,
                experts != null && expertWidth != null ? expertWidth : required("intermediate_size"),
                heads,
                or(integer("num_key_value_heads"), heads),
                width,
                width,
                required("vocab_size"),
                or(integer("max_position_embeddings"), 0),
                experts == null ? 0 : experts,
                experts == null ? 0 : used == null ? 1 : used,
                config.get("tie_word_embeddings") instanceof Boolean tied ? tied : TIED.contains(known));
    }

    private static int or(@Nullable Integer value, int absent) {
        return value == null ? absent : value;
    }

    private @Nullable Integer first(String... names) {
        for (String name : names) {
            Integer value = integer(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private int required(String name) {
        Integer value = integer(name);
        if (value == null) {
            throw new PlanException("%s lacks '%s', a whole number".formatted(source, name));
        }
        return value;
    }

    private @Nullable Integer integer(String name) {
        Object value = config.get(name);
        if (value == null || value instanceof Integer) {
            return (Integer) value;
        }
        throw new PlanException("%s says %s for '%s', where a whole number is expected".formatted(source, value, name));
    }
}
