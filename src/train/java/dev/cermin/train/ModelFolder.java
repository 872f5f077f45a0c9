package dev.cermin.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder as Hugging Face's libraries and Jlama load it: weights, sizes, tokens. */
final class ModelFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ModelFolder() {}

    static void write(Weights weights, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Tensors.Values> tensors = new LinkedHashMap<>();
        for (Weights.Matrix matrix : weights.all()) {
            tensors.put(matrix.huggingFace(), new Tensors.Values(matrix.shape(), matrix.data()));
        }
        new Tensors(tensors, Map.of("format", "pt")).write(folder.resolve("model.safetensors"));
        JSON.writeValue(folder.resolve("config.json").toFile(), config(weights.shape()));
        Files.write(folder.resolve("tokenizer.json"), new ObjectMapper().writeValueAsBytes(tokenizer(weights.shape())));
        JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), tokenizerConfig(weights.shape()));
    }

    private static ObjectNode config(Shape shape) {
        ObjectNode config = JSON.createObjectNode();
        config.putArray("architectures").add("LlamaForCausalLM");
        config.put("model_type", "llama");
        config.put("hidden_act", "silu");
        config.put("hidden_size", shape.hidden());
        config.put("intermediate_size", shape.inner());
        config.put("num_hidden_layers", shape.layers());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.heads());
        config.put("max_position_embeddings", shape.context());
        config.put("rms_norm_eps", Shape.NORM_EPSILON);
        config.put("rope_theta", Shape.ROPE_THETA);
        config.put("vocab_size", shape.vocabulary());
        config.put("bos_token_id", Token.BEGIN);
        // Jlama ends a text at these alone, so each closing tag is among them
        config.putArray("eos_token_id")
                .add(Token.END)
                .add(Token.THINKING_END)
                .add(Token.REFLECTION_END)
                .add(Token.OUTPUT_END);
        config.put("tie_word_embeddings", true);
        config.put("torch_dtype", "float32");
        return config;
    }

    private static ObjectNode tokenizer(Shape shape) {
        List<String> tokens = tokens(shape);
        ObjectNode tokenizer = JSON.createObjectNode();
        tokenizer.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = tokenizer.putArray("added_tokens");
        for (int id = Token.BEGIN; id < tokens.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", tokens.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        tokenizer.putNull("normalizer");
        ObjectNode before = tokenizer.putObject("pre_tokenizer").put("type", "Sequence");
        before.putArray("pretokenizers")
                .addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        tokenizer.putNull("post_processor");
        tokenizer
                .putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = tokenizer.putObject("model").put("type", "BPE");
        model.putNull("dropout")
                .putNull("unk_token")
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < Token.BEGIN; id++) {
            vocabulary.put(tokens.get(id), id);
        }
        model.putArray("merges");
        return tokenizer;
    }

    private static ObjectNode tokenizerConfig(Shape shape) {
        return JSON.createObjectNode()
                .put("bos_token", "<bos>")
                .put("eos_token", "<eos>")
                .put("model_max_length", shape.context())
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put(
                        "chat_template",
                        "{{ bos_token }}{% for message in messages %}{{ message['content'] }}{% endfor %}");
    }

    /** Each byte as byte-level BPE writes it, the tags, and names for the places that are left. */
    static List<String> tokens(Shape shape) {
        List<String> tokens = new ArrayList<>();
        int moved = 256;
        for (int one = 0; one < 256; one++) {
            boolean shown = (one >= '!' && one <= '~') || (one >= 0xa1 && one <= 0xac) || one >= 0xae;
            tokens.add(Character.toString(shown ? one : moved++));
        }
        tokens.addAll(Token.TAGS);
        while (tokens.size() < shape.vocabulary()) {
            tokens.add("<|reserved_" + tokens.size() + "|>");
        }
        return tokens;
    }
}
