package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the bundled model, which is a folder of safetensors, as a GGUF file of the same 32-bit weights. */
public final class BundledGguf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 32;

    private final JsonNode config;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int values;

    private BundledGguf(JsonNode config) {
        this.config = config;
    }

    public static Path write(Path folder, Path file) throws IOException {
        JsonNode config = JSON.readTree(folder.resolve("config.json").toFile());
        return Files.write(file, new BundledGguf(config).bytes(folder));
    }

    private byte[] bytes(Path folder) throws IOException {
        JsonNode tokenizer = JSON.readTree(folder.resolve("tokenizer.json").toFile());
        JsonNode settings =
                JSON.readTree(folder.resolve("tokenizer_config.json").toFile());
        text("general.architecture", "llama");
        number("llama.context_length", config.get("max_position_embeddings").asInt());
        number("llama.embedding_length", config.get("hidden_size").asInt());
        number("llama.block_count", config.get("num_hidden_layers").asInt());
        number("llama.feed_forward_length", config.get("intermediate_size").asInt());
        number("llama.attention.head_count", config.get("num_attention_heads").asInt());
        number(
                "llama.attention.head_count_kv",
                config.get("num_key_value_heads").asInt());
        real(
                "llama.attention.layer_norm_rms_epsilon",
                config.get("rms_norm_eps").floatValue());
        real("llama.rope.freq_base", config.get("rope_theta").floatValue());
        number("llama.vocab_size", config.get("vocab_size").asInt());
        tokens(tokenizer);
        text("tokenizer.chat_template", settings.get("chat_template").asText());
        byte[] header = out.toByteArray();
        out.reset();
        Map<String, byte[]> weights = weights(Files.readAllBytes(folder.resolve("model.safetensors")));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(
                buffer(20).putInt(3).putLong(weights.size()).putLong(values).array());
        file.writeBytes(header);
        file.writeBytes(out.toByteArray());
        weights.values().forEach(data -> {
            pad(file);
            file.writeBytes(data);
        });
        return file.toByteArray();
    }

    private void tokens(JsonNode tokenizer) {
        String[] tokens = new String[config.get("vocab_size").asInt()];
        int[] types = new int[tokens.length];
        Arrays.fill(types, 1);
        tokenizer
                .path("model")
                .path("vocab")
                .properties()
                .forEach(token -> tokens[token.getValue().asInt()] = token.getKey());
        tokenizer.path("added_tokens").forEach(token -> {
            int id = token.get("id").asInt();
            tokens[id] = token.get("content").asText();
            types[id] = id <= 258 ? 3 : 4; // bos, eos and pad are control tokens, tags are written out
        });
        text("tokenizer.ggml.model", "gpt2");
        text("tokenizer.ggml.pre", "llama-bpe");
        strings("tokenizer.ggml.tokens", tokens);
        key("tokenizer.ggml.token_type", 9);
        out.writeBytes(buffer(12).putInt(5).putLong(types.length).array());
        for (int type : types) {
            out.writeBytes(buffer(4).putInt(type).array());
        }
        strings("tokenizer.ggml.merges", "! !"); // the server wants one
        number("tokenizer.ggml.bos_token_id", 256);
        number("tokenizer.ggml.eos_token_id", 257);
    }

    private Map<String, byte[]> weights(byte[] safetensors) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(in.getLong());
        JsonNode header = JSON.readTree(Arrays.copyOfRange(safetensors, 8, 8 + length));
        Map<String, byte[]> weights = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, JsonNode> tensor : header.properties()) {
            if (tensor.getKey().equals("__metadata__")) {
                continue;
            }
            JsonNode at = tensor.getValue().get("data_offsets");
            byte[] data = Arrays.copyOfRange(
                    safetensors,
                    8 + length + at.get(0).asInt(),
                    8 + length + at.get(1).asInt());
            JsonNode shape = tensor.getValue().get("shape");
            String name = name(tensor.getKey());
            if (name.endsWith("attn_q.weight") || name.endsWith("attn_k.weight")) {
                data = interleaved(data, shape.get(0).asInt());
            }
            string(name);
            out.writeBytes(buffer(4).putInt(shape.size()).array());
            for (int i = shape.size() - 1; i >= 0; i--) {
                out.writeBytes(buffer(8).putLong(shape.get(i).asLong()).array());
            }
            out.writeBytes(buffer(12).putInt(0).putLong(offset).array());
            offset += (data.length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
            weights.put(name, data);
        }
        return weights;
    }

    /** llama.cpp rotates neighbours, Hugging Face the halves of a head: rows change places. */
    private byte[] interleaved(byte[] data, int rows) {
        int heads = config.get("num_attention_heads").asInt();
        int half = rows / heads / 2;
        int row = data.length / rows;
        byte[] result = new byte[data.length];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < half; i++) {
                for (int side = 0; side < 2; side++) {
                    int from = head * 2 * half + side * half + i;
                    int to = head * 2 * half + 2 * i + side;
                    System.arraycopy(data, from * row, result, to * row, row);
                }
            }
        }
        return result;
    }

    private static String name(String name) {
        return name.replace("model.embed_tokens", "token_embd")
                .replace("model.layers.", "blk.")
                .replace("input_layernorm", "attn_norm")
                .replace("post_attention_layernorm", "ffn_norm")
                .replaceAll("self_attn\\.([qkv])_proj", "attn_$1")
                .replace("self_attn.o_proj", "attn_output")
                .replaceAll("mlp\\.(gate|up|down)_proj", "ffn_$1")
                .replace("model.norm", "output_norm");
    }

    private void key(String key, int type) {
        values++;
        string(key);
        out.writeBytes(buffer(4).putInt(type).array());
    }

    private void text(String key, String value) {
        key(key, 8);
        string(value);
    }

    private void number(String key, int value) {
        key(key, 4);
        out.writeBytes(buffer(4).putInt(value).array());
    }

    private void real(String key, float value) {
        key(key, 6);
        out.writeBytes(buffer(4).putFloat(value).array());
    }

    private void strings(String key, String... all) {
        key(key, 9);
        out.writeBytes(buffer(12).putInt(8).putLong(all.length).array());
        for (String one : all) {
            string(one);
        }
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(buffer(8).putLong(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static void pad(ByteArrayOutputStream to) {
        while (to.size() % ALIGNMENT != 0) {
            to.write(0);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
