package dev.cermin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufModelTest {
    private static final Shape SMALL = new Shape("small", 4, 256, 512, 4, 2, 64, 64, 300, 2048, 0, 0, false);

    @TempDir
    Path folder;

    @Test
    void theHeaderOfA70bSaysAll() throws IOException {
        Shape shape = ModelInfos.find("llama-3.1-70b").shape();
        Path file = GgufWriter.of(shape, "llama", Quant.Q4_K_M, 15).write(folder.resolve("large.gguf"));

        ModelInfo read = ModelInfos.find(file.toString());
        Plan plan = Planner.plan(read, PlanRequest.of(Gpus.parse("48GiB"), 8192));

        assertThat(read.shape()).isEqualTo(shape);
        assertThat(plan.quant()).isEqualTo("Q4_K_M");
        assertThat(plan.fit()).isEqualTo(Plan.Fit.WHOLE);
        assertThat(plan.fileBytes()).isEqualTo(Weights.of(shape, Quant.Q4_K_M).file());
        assertThat((double) plan.fileBytes()).isCloseTo((double) Files.size(file), Percentage.withPercentage(0.1));
        assertThat(plan.command()).contains(file.toString());
    }

    @Test
    void aMixturesExpertsAreKnownApart() throws IOException {
        Shape shape = ModelInfos.find("mixtral-8x7b").shape();
        Path file = GgufWriter.of(shape, "llama", Quant.Q4_K_M, 15).write(folder.resolve("mixture.gguf"));
        PlanRequest request = PlanRequest.of(Gpus.parse("24GiB"), 8192);

        assertThat(Planner.plan(ModelInfos.find(file.toString()), request).expertsOnCpu())
                .isEqualTo(
                        Planner.plan(ModelInfos.find("mixtral-8x7b"), request).expertsOnCpu())
                .isPositive();
    }

    @Test
    void tiedEmbeddingsAreTheOutputToo() throws IOException {
        Shape shape = ModelInfos.find("llama-3.2-1b").shape();
        Path file = GgufWriter.of(shape, "llama", Quant.Q8_0, 7).write(folder.resolve("tied.gguf"));
        Plan plan = Planner.plan(ModelInfos.find(file.toString()), PlanRequest.of(Gpus.parse("8GiB"), 2048));

        assertThat(plan.fileBytes()).isEqualTo(Weights.of(shape, Quant.Q8_0).file());
        assertThat(plan.host().weights() + plan.cards().getFirst().weights()).isGreaterThan(plan.fileBytes());
    }

    @Test
    void anotherQuantisationOfTheFileCanBeAskedFor() throws IOException {
        Path file = small().write(folder.resolve("a.gguf"));
        PlanRequest request = PlanRequest.parse("4GiB", 512, 1, "Q8_0", null, true, null);

        assertThat(Planner.plan(ModelInfos.find(file.toString()), request).quant())
                .isEqualTo("Q8_0");
    }

    @Test
    void anotherQuantisationIsAnotherFile() throws IOException {
        Path file = small().write(folder.resolve("large-Q4_K_M.gguf"));
        Path other = folder.resolve("large-Q8_0.gguf");
        PlanRequest request = PlanRequest.parse("4GiB", 512, 1, "Q8_0", null, true, null);
        Plan plan = Planner.plan(ModelInfos.find(file.toString()), request);

        assertThat(plan.command()).containsSequence("-m", other.toString());
        assertThat(plan.environment()).containsEntry("LLAMA_ARG_MODEL", "/models/large-Q8_0.gguf");
        assertThat(plan.text())
                .contains("llama-quantize %s %s Q8_0".formatted(file, other))
                .contains("--allow-requantize");
        Plan same = Planner.plan(
                ModelInfos.find(file.toString()), PlanRequest.parse("4GiB", 512, 1, "Q4_K_M", null, true, null));
        assertThat(same.file()).isEqualTo(file.toString());
        assertThat(same.text()).doesNotContain("llama-quantize");
    }

    @ParameterizedTest
    @CsvSource({
        "a.gguf, a-Q8_0.gguf",
        "b-7b.Q4_K_M.gguf, b-7b-Q8_0.gguf",
        "Qwen3-30B-iq4_xs.gguf, Qwen3-30B-Q8_0.gguf",
        "c-bf16-00001-of-00001.gguf, c-Q8_0.gguf"
    })
    void theOtherFileIsNamedAsIsCommon(String given, String other) throws IOException {
        Path file = small().write(folder.resolve(given));
        PlanRequest request = PlanRequest.parse("4GiB", 512, 1, "Q8_0", null, true, null);

        assertThat(Planner.plan(ModelInfos.find(file.toString()), request).file())
                .isEqualTo(folder.resolve(other).toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -4096, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 100, 1L << 40})
    void aTensorThatLiesNowhereIsNamed(long offset) throws IOException {
        GgufWriter writer = small();
        writer.offsets.put("blk.1.ffn_up.weight", offset);
        Path file = writer.write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> ModelInfos.find(file.toString()))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("blk.1.ffn_up.weight", "Fetch it again");
    }

    @ParameterizedTest
    @CsvSource({"gemma, true", "gemma2, true", "llama, false", "qwen2, false"})
    void whereItSaysNothingOfTheOutputTheModelsDefaultHolds(String type, boolean tied) throws IOException {
        String config = """
                {"model_type": "%s", "num_hidden_layers": 2, "hidden_size": 256, "intermediate_size": 512,
                 "num_attention_heads": 4, "vocab_size": 300%s}""";
        Path file = folder.resolve("config.json");
        Files.writeString(file, config.formatted(type, ""));
        assertThat(ModelInfos.find(file.toString()).shape().tied()).isEqualTo(tied);
        Files.writeString(file, config.formatted(type, ", \"tie_word_embeddings\": " + !tied));
        assertThat(ModelInfos.find(file.toString()).shape().tied()).isEqualTo(!tied);
    }

    @Test
    void sixteenKeyValueHeadsOfA405bAreNoted() throws IOException {
        Shape right = ModelInfos.find("llama-3.1-405b").shape();
        GgufWriter writer = GgufWriter.of(right, "llama", Quant.Q4_K_M, 15);
        writer.values.put("llama.attention.head_count_kv", 16);
        ModelInfo read =
                ModelInfos.find(writer.write(folder.resolve("sixteen.gguf")).toString());

        assertThat(read.shape().kvHeads()).isEqualTo(16);
        assertThat(read.notes()).anyMatch(note -> note.contains("twice the cache"));
    }

    @Test
    void headsThatDifferByLayerArePlannedAtTheMost() throws IOException {
        GgufWriter writer = small();
        writer.values.put("llama.attention.head_count_kv", new int[] {1, 2, 2, 1});
        ModelInfo read = ModelInfos.find(writer.write(folder.resolve("a.gguf")).toString());

        assertThat(read.shape().kvHeads()).isEqualTo(2);
        assertThat(read.notes()).anyMatch(note -> note.contains("differ"));
    }

    @Test
    void partsOfASplitModelAreOneModel() throws IOException {
        GgufWriter first = small();
        first.values.put("split.count", 2);
        Path one = first.write(folder.resolve("m-00001-of-00002.gguf"));
        assertThatThrownBy(() -> ModelInfos.find(one.toString()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("m-00002-of-00002.gguf is missing");

        long alone = first(one);
        GgufWriter second = new GgufWriter();
        second.values.put("split.no", 1);
        second.add("blk.3.extra.weight", TensorType.F32, 1024).write(folder.resolve("m-00002-of-00002.gguf"));
        long both = Planner.plan(ModelInfos.find(one.toString()), PlanRequest.of(Gpus.parse("none"), 512))
                .fileBytes();
        assertThat(both).isEqualTo(alone + 4096);
    }

    private static long first(Path one) {
        return GgufFile.read(one).tensors().stream()
                .mapToLong(GgufFile.Tensor::bytes)
                .sum();
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Path file = small().write(folder.resolve("whole.gguf"));
        byte[] whole = Files.readAllBytes(file);
        int step = Math.max(1, whole.length / 400);
        for (int length = 0; length < whole.length; length += length < 200 ? 1 : step) {
            Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelInfos.find(cut.toString()))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining(cut.toString());
        }
    }

    @Test
    void damageNeverEndsInAnythingButAClearError() throws IOException {
        Path file = small().write(folder.resolve("whole.gguf"));
        byte[] whole = Files.readAllBytes(file);
        java.util.Random random = new java.util.Random(5);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(4000)] = (byte) random.nextInt();
            Path bad = Files.write(folder.resolve("bad.gguf"), damaged);
            try {
                Planner.plan(ModelInfos.find(bad.toString()), PlanRequest.of(Gpus.parse("24GiB"), 512));
            } catch (PlanException clear) {
                assertThat(clear).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path wrong = small().magic("GGML").write(folder.resolve("a.gguf"));
        assertThatThrownBy(() -> ModelInfos.find(wrong.toString())).hasMessageContaining("is no GGUF file");
        Path old = small().version(1).write(folder.resolve("b.gguf"));
        assertThatThrownBy(() -> ModelInfos.find(old.toString())).hasMessageContaining("of version 1; 2 and 3");
        GgufWriter odd = small().addRaw("blk.0.odd.weight", TensorType.F32, 99, 8);
        Path unknown = odd.write(folder.resolve("c.gguf"));
        assertThatThrownBy(() -> ModelInfos.find(unknown.toString())).hasMessageContainingAll("blk.0.odd", "type 99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "general.architecture",
                "llama.block_count",
                "llama.embedding_length",
                "llama.feed_forward_length",
                "llama.attention.head_count"
            })
    void aMissingKeyIsNamed(String key) throws IOException {
        GgufWriter writer = small();
        writer.values.remove(key);
        Path file = writer.write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> ModelInfos.find(file.toString()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void configJsonIsReadFromItsFolder() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), """
                {"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 256, "intermediate_size": 512,
                 "num_attention_heads": 4, "vocab_size": 300}""");
        assertThat(ModelInfos.find(folder.toString()).shape().kvHeads()).isEqualTo(4);
        Files.writeString(config, "{\"model_type\": \"mamba\"}");
        assertThatThrownBy(() -> ModelInfos.find(config.toString())).hasMessageContainingAll("'mamba'", "GGUF");
        Files.writeString(config, "{\"model_type\": \"llama\", \"hidden_size\": \"wide\"}");
        assertThatThrownBy(() -> ModelInfos.find(config.toString())).hasMessageContainingAll("wide", "'hidden_size'");
        Files.writeString(config, "{\"model_type\": \"llama\", \"hidden_size\": 256}");
        assertThatThrownBy(() -> ModelInfos.find(config.toString()))
                .hasMessageContaining("lacks 'num_attention_heads'");
        Files.writeString(config, "not json");
        assertThatThrownBy(() -> ModelInfos.find(config.toString())).hasMessageContaining("no JSON object");
    }

    private static GgufWriter small() {
        return GgufWriter.of(SMALL, "llama", Quant.Q4_K_M, 15);
    }
}
