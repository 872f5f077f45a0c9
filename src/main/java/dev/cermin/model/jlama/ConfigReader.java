package dev.cermin.model.jlama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads config.json, and refuses what Jlama would silently compute otherwise than the model was trained. */
final class ConfigReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER_ENGINE = "Run this model on llama-server instead";

    private final Path file;
    private final JsonNode config;

    private ConfigReader(Path file, JsonNode config) {
        this.file = file;
        this.config = config;
    }

    static LlamaShape read(Path file) {
        JsonNode config = json(file);
        if (!config.isObject()) {
            throw new ModelLoadException(file, "it holds no JSON object", "Restore the file from the model's source");
        }
        return new ConfigReader(file, config).shape();
    }

    /** Parses a JSON file of a model folder. */
    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ModelLoadException(
                    file, "it is not JSON: " + e.getOriginalMessage(), "Restore the file from the model's source", e);
        } catch (IOException e) {
            throw new ModelLoadException(file, "it cannot be read: " + e, "Check that the file is readable", e);
        }
    }

    private LlamaShape shape() {
        refuseOtherArchitectures();
        int hidden = positive("hidden_size");
        int heads = positive("num_attention_heads");
        int kvHeads = config.has("num_key_value_heads") ? positive("num_key_value_heads") : heads;
        int vocabulary = positive("vocab_size");
        if (hidden % heads != 0 || heads % kvHeads != 0) {
            throw wrong("hidden_size " + hidden + " must be a multiple of num_attention_heads " + heads
                    + ", and that of num_key_value_heads " + kvHeads);
        }
        refuseOtherHeads(hidden / heads);
        LlamaShape shape = new LlamaShape(
                positive("max_position_embeddings"),
                hidden,
                positive("intermediate_size"),
                heads,
                kvHeads,
                positive("num_hidden_layers"),
                number("rms_norm_eps", 1e-6),
                vocabulary,
                token("bos_token_id", config.path("bos_token_id"), vocabulary),
                endTokens(vocabulary),
                number("rope_theta", 10_000),
                ropeFactor(),
                config.path("tie_word_embeddings").asBoolean(false));
        refuseOddWidths(shape);
        if (shape.usableContext() < 2) {
            throw wrong("max_position_embeddings " + shape.context() + " leaves no room: the engine needs "
                    + 2 * kvHeads + " of them itself");
        }
        return shape;
    }

    private void refuseOtherArchitectures() {
        String type = config.path("model_type").asText("(none)");
        if (!type.equals("llama")) {
            throw unsupported("model_type is '" + type + "', and only 'llama' is supported");
        }
        String activation = config.path("hidden_act").asText("silu");
        if (!activation.equals("silu")) {
            throw unsupported("hidden_act is '" + activation + "', and only 'silu' is supported");
        }
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            if (config.path(bias).asBoolean(false)) {
                throw unsupported(bias + " is true, and Jlama's Llama has no biases");
            }
        }
    }

    private void refuseOtherHeads(int headSize) {
        int given = config.path("head_dim").asInt(headSize);
        if (given != headSize) {
            throw unsupported("head_dim is " + given + ", and Jlama always takes hidden_size / num_attention_heads = "
                    + headSize);
        }
    }

    /** Jlama's vector loops have no remainder: a width that fills no whole vector reads on into the next row. */
    private void refuseOddWidths(LlamaShape shape) {
        if (shape.hidden() % 16 != 0 || shape.intermediate() % 16 != 0 || shape.headSize() % 16 != 0) {
            throw unsupported("hidden_size " + shape.hidden() + ", intermediate_size " + shape.intermediate()
                    + " and the head size " + shape.headSize() + " must each be a multiple of 16");
        }
    }

    /** Jlama knows no scaling but linear, and passes over any other without a word. */
    private double ropeFactor() {
        JsonNode scaling = config.path("rope_scaling");
        if (config.path("rope_parameters").isObject() && !config.has("rope_theta")) {
            throw unsupported("rope_parameters replaces rope_theta, and Jlama reads rope_theta only");
        }
        if (!scaling.isObject()) {
            return 1;
        }
        String type = scaling.path("rope_type").asText(scaling.path("type").asText("(none)"));
        return switch (type) {
            case "default" -> 1;
            case "linear" -> scaling.path("factor").asDouble(1);
            default ->
                throw unsupported("rope_scaling is of type '" + type
                        + "', which Jlama ignores, so its answers would differ from the model's own");
        };
    }

    private List<Integer> endTokens(int vocabulary) {
        JsonNode given = config.path("eos_token_id");
        List<Integer> ids = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(id -> ids.add(token("eos_token_id", id, vocabulary)));
        } else {
            ids.add(token("eos_token_id", given, vocabulary));
        }
        return ids;
    }

    private int token(String name, JsonNode id, int vocabulary) {
        if (!id.isInt() || id.asInt() < 0 || id.asInt() >= vocabulary) {
            throw wrong(name + " is " + (id.isMissingNode() ? "missing" : id) + ", expected an id below vocab_size "
                    + vocabulary);
        }
        return id.asInt();
    }

    private int positive(String name) {
        JsonNode value = config.path(name);
        if (!value.isInt() || value.asInt() < 1) {
            throw wrong(name + " is " + (value.isMissingNode() ? "missing" : value) + ", expected a positive integer");
        }
        return value.asInt();
    }

    private double number(String name, double absent) {
        JsonNode value = config.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isNumber() || value.asDouble() <= 0) {
            throw wrong(name + " is " + value + ", expected a positive number");
        }
        return value.asDouble();
    }

    private ModelLoadException wrong(String problem) {
        return new ModelLoadException(file, problem, "Restore the file from the model's source");
    }

    private ModelLoadException unsupported(String problem) {
        return new ModelLoadException(file, problem, OTHER_ENGINE);
    }
}
