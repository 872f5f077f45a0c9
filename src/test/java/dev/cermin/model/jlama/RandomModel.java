package dev.cermin.model.jlama;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes folders of small Llama models with random weights; what is in the maps can be changed before {@link #write}. */
final class RandomModel {
    static final int BOS = 256;
    static final int EOS = 257;
    static final List<String> SPECIAL = List.of("<bos>", "<eos>", "<think>", "</think>");

    final Map<String, Object> config = new LinkedHashMap<>();
    final Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    List<String> merges = List.of();

    /** Whether weights are stored in 16 bits. */
    boolean bf16;

    String chatTemplate = "{{ bos_token }}{% for m in messages %}{{ m['role'] }}:{{ m['content'] }}\n{% endfor %}";
    private final long seed;

    RandomModel(
            int hidden, int intermediate, int layers, int heads, int kvHeads, int context, boolean tied, long seed) {
        this.seed = seed;
        int vocab = 320;
        config.put("model_type", "llama");
        config.put("hidden_act", "silu");
        config.put("hidden_size", hidden);
        config.put("intermediate_size", intermediate);
        config.put("num_hidden_layers", layers);
        config.put("num_attention_heads", heads);
        config.put("num_key_value_heads", kvHeads);
        config.put("max_position_embeddings", context);
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", 10_000.0);
        config.put("vocab_size", vocab);
        config.put("bos_token_id", BOS);
        config.put("eos_token_id", EOS);
        config.put("tie_word_embeddings", tied);
        int kv = hidden / heads * kvHeads;
        tensors.put("model.embed_tokens.weight", List.of(vocab, hidden));
        for (int layer = 0; layer < layers; layer++) {
            String at = "model.layers." + layer + ".";
            tensors.put(at + "input_layernorm.weight", List.of(hidden));
            tensors.put(at + "self_attn.q_proj.weight", List.of(hidden, hidden));
            tensors.put(at + "self_attn.k_proj.weight", List.of(kv, hidden));
            tensors.put(at + "self_attn.v_proj.weight", List.of(kv, hidden));
            tensors.put(at + "self_attn.o_proj.weight", List.of(hidden, hidden));
            tensors.put(at + "post_attention_layernorm.weight", List.of(hidden));
            tensors.put(at + "mlp.gate_proj.weight", List.of(intermediate, hidden));
            tensors.put(at + "mlp.up_proj.weight", List.of(intermediate, hidden));
            tensors.put(at + "mlp.down_proj.weight", List.of(hidden, intermediate));
        }
        tensors.put("model.norm.weight", List.of(hidden));
        if (!tied) {
            tensors.put("lm_head.weight", List.of(vocab, hidden));
        }
        for (int b = 0; b < 256; b++) {
            vocabulary.put(visible(b), b);
        }
    }

    /** A model whose every width is at least 64, so that any JVM's pool fits it. */
    static RandomModel small(long seed) {
        return new RandomModel(64, 128, 2, 4, 4, 640, true, seed);
    }

    /** GPT-2's visible character for a byte. */
    static String visible(int b) {
        String kept = "";
        int moved = 0;
        for (int c = 0; c <= b; c++) {
            boolean shown = (c > 32 && c < 127) || (c > 160 && c < 173) || c > 173;
            kept = Character.toString(shown ? c : 256 + moved++);
        }
        return kept;
    }

    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        ObjectMapper json = new ObjectMapper();
        json.writeValue(folder.resolve("config.json").toFile(), config);
        int afterVocabulary =
                vocabulary.values().stream().mapToInt(i -> i).max().orElse(-1) + 1;
        List<Map<String, Object>> added = SPECIAL.stream()
                .map(tag -> Map.<String, Object>of(
                        "id",
                        SPECIAL.indexOf(tag) < 2 ? BOS + SPECIAL.indexOf(tag) : afterVocabulary + SPECIAL.indexOf(tag),
                        "content",
                        tag,
                        "special",
                        true))
                .toList();
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("added_tokens", added);
        tokenizer.put(
                "pre_tokenizer",
                Map.of(
                        "type",
                        "Sequence",
                        "pretokenizers",
                        List.of(Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false))));
        tokenizer.put("model", Map.of("type", "BPE", "vocab", vocabulary, "merges", merges));
        json.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
        json.writeValue(
                folder.resolve("tokenizer_config.json").toFile(),
                Map.of("bos_token", "<bos>", "eos_token", "<eos>", "chat_template", chatTemplate));
        Files.write(folder.resolve("model.safetensors"), safetensors(json));
        return folder;
    }

    private byte[] safetensors(ObjectMapper json) throws IOException {
        Random random = new Random(seed);
        Map<String, Object> header = new LinkedHashMap<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<String, List<Integer>> tensor : tensors.entrySet()) {
            int begin = data.size();
            int size = tensor.getValue().stream().reduce(1, Math::multiplyExact);
            ByteBuffer values = ByteBuffer.allocate((bf16 ? 2 : 4) * size).order(ByteOrder.LITTLE_ENDIAN);
            boolean norm = tensor.getValue().size() == 1;
            for (int i = 0; i < size; i++) {
                float value = (float) (norm ? 1 + 0.1 * random.nextGaussian() : 0.2 * random.nextGaussian());
                if (bf16) {
                    values.putShort((short) (Float.floatToIntBits(value) >> 16));
                } else {
                    values.putFloat(value);
                }
            }
            data.writeBytes(values.array());
            header.put(
                    tensor.getKey(),
                    Map.of(
                            "dtype",
                            bf16 ? "BF16" : "F32",
                            "shape",
                            tensor.getValue(),
                            "data_offsets",
                            List.of(begin, data.size())));
        }
        String text = json.writeValueAsString(header);
        byte[] head = (text + " ".repeat(Math.floorMod(-text.length(), 8))).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(head.length)
                .array());
        file.writeBytes(head);
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }
}
