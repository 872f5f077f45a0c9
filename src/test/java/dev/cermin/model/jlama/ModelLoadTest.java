package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLoadTest {
    @TempDir
    Path folder;

    private final RandomModel model = RandomModel.small(1);

    @BeforeEach
    void write() throws IOException {
        model.write(folder);
    }

    @Test
    void noFolder() {
        Path nowhere = folder.resolve("nowhere");
        refused(nowhere, nowhere.toString(), "there is no such folder", "config.json");
        refused(folder.resolve("config.json"), "it is a file");
        assertThatThrownBy(() -> JlamaChatModel.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("folder(path)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "model.safetensors"})
    void missingFile(String name) throws IOException {
        Files.delete(folder.resolve(name));
        refused(folder, folder.toString(), name + " is missing", "A model folder holds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "tokenizer_config.json"})
    void malformedJson(String name) throws IOException {
        Files.writeString(folder.resolve(name), "{\"model_type\": ");
        refused(folder, name, "not JSON", "Restore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "{}"})
    void configWithoutContent(String content) throws IOException {
        Files.writeString(folder.resolve("config.json"), content);
        refused(folder, "config.json");
    }

    @Test
    void tokenizerWithoutAModel() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        refused(folder, folder.toString(), "Jlama failed to load it", "model");
    }

    @Test
    void weightsCutShort() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(folder, file.toString(), "Fetch the file again");
        }
        refused(folder, "cut short", "model.norm.weight", String.valueOf(whole.length - 1 - headerEnd(whole)));
    }

    @Test
    void weightsThatAreNone() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.write(file, new byte[1000]);
        refused(folder, "its header is said to be 0 bytes long");
        Files.write(file, "<html>Not found, but long enough for a header</html>".getBytes(StandardCharsets.UTF_8));
        refused(folder, "and the file has 52");
        ByteBuffer garbage = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, garbage.putLong(20).array());
        refused(folder, "header is not JSON");
    }

    @Test
    void tensorsThatDoNotFitTheConfig() throws IOException {
        model.tensors.put("model.layers.1.mlp.up_proj.weight", List.of(128, 48));
        model.write(folder);
        refused(folder, "model.layers.1.mlp.up_proj.weight has shape [128, 48]", "asks for [128, 64]");
        model.tensors.remove("model.layers.1.mlp.up_proj.weight");
        model.write(folder);
        refused(folder, "lack tensor model.layers.1.mlp.up_proj.weight", "same model");
    }

    @Test
    void untiedModelWithoutOutput() throws IOException {
        model.config.put("tie_word_embeddings", false);
        model.write(folder);
        refused(folder, "lack tensor lm_head.weight");
    }

    @ParameterizedTest
    @CsvSource({
        "model_type, gpt_neox, only 'llama' is supported",
        "hidden_act, gelu, only 'silu'",
        "attention_bias, true, biases",
        "head_dim, 32, head_dim is 32",
        "num_attention_heads, 8, multiple of 16",
        "num_attention_heads, 5, multiple of num_attention_heads",
        "hidden_size, -4, expected a positive integer",
        "vocab_size, 100, bos_token_id is 256",
        "eos_token_id, 999, eos_token_id is 999",
        "max_position_embeddings, 8, leaves no room",
        "rms_norm_eps, -1, expected a positive number",
    })
    void configThatTheEngineCannotHonour(String name, String value, String message) throws IOException {
        Object parsed = value.matches("-?\\d+") ? Integer.valueOf(value) : value;
        model.config.put(name, value.equals("true") ? true : parsed);
        model.write(folder);
        refused(folder, "config.json", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "yarn", "dynamic"})
    void ropeScalingThatJlamaIgnores(String type) throws IOException {
        model.config.put("rope_scaling", Map.of("rope_type", type, "factor", 8.0));
        model.write(folder);
        refused(folder, "rope_scaling is of type '" + type + "'", "ignores", "llama-server");
    }

    @Test
    void ropeThetaWhereJlamaDoesNotLook() throws IOException {
        model.config.remove("rope_theta");
        model.config.put("rope_parameters", Map.of("rope_theta", 500_000));
        model.write(folder);
        refused(folder, "rope_parameters");
    }

    @Test
    void tokenizerThatIsNotByteLevel() throws IOException {
        model.vocabulary.remove("a");
        model.write(folder);
        refused(folder, "tokenizer.json", "byte-level BPE");
    }

    @Test
    void tokenizerOfALargerModel() throws IOException {
        model.vocabulary.put("abc", 320);
        model.write(folder);
        refused(folder, "token id", "vocab_size in config.json is 320");
    }

    @Test
    void moreThreadsThanTheModelOrTheMachineTakes() {
        assertThatThrownBy(
                        () -> JlamaChatModel.builder().folder(folder).threads(9).build())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("threads is 9")
                .hasMessageContaining("64 wide")
                .hasMessageContaining("at most 8");
        assertThatThrownBy(() -> JlamaChatModel.builder().threads(0)).isInstanceOf(IllegalArgumentException.class);
        try (JlamaChatModel first = JlamaChatModel.builder().folder(folder).build()) {
            int running = first.threads();
            assertThat(running * running).isLessThanOrEqualTo(64);
            JlamaChatModel.builder().folder(folder).threads(running).build().close();
        }
    }

    @Test
    void aReferenceThatTheEngineDoesNotReach() throws IOException {
        Path file = folder.resolve("reference.json");
        double actual;
        try (JlamaChatModel loaded = JlamaChatModel.builder().folder(folder).build()) {
            actual = loaded.negativeLogLikelihood("hello");
        }
        Files.writeString(file, "{\"text\": \"hello\", \"nll\": " + actual + "}");
        JlamaChatModel.builder().folder(folder).build().close();
        Files.writeString(file, "{\"text\": \"hello\", \"nll\": 1.25}");
        refused(folder, "1.250000", String.format(Locale.ROOT, "%.4f", actual));
        Files.writeString(file, "{\"text\": \"hello\"}");
        refused(folder, "reference.json", "'nll'");
    }

    private static int headerEnd(byte[] file) {
        return 8
                + Math.toIntExact(
                        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    private static void refused(Path folder, String... parts) {
        assertThatThrownBy(() -> JlamaChatModel.builder().folder(folder).build())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContainingAll(parts);
    }
}
