package dev.cermin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of published models: what the model cards of those who quantised them say, in GB of 1e9 bytes. */
class WeightsTest {
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, BF16, 16.07",
        "llama-3.1-8b, Q8_0, 8.54",
        "llama-3.1-8b, Q6_K, 6.60",
        "llama-3.1-8b, Q5_K_M, 5.73",
        "llama-3.1-8b, Q4_K_M, 4.92",
        "llama-3.1-8b, Q4_0, 4.66",
        "llama-3.1-8b, Q3_K_M, 4.02",
        "llama-3.1-8b, Q2_K, 3.18",
        "llama-3.1-70b, Q8_0, 74.98",
        "llama-3.1-70b, Q6_K, 57.89",
        "llama-3.1-70b, Q5_K_M, 49.95",
        "llama-3.1-70b, Q4_K_M, 42.52",
        "llama-3.1-70b, Q4_0, 40.12",
        "llama-3.1-70b, Q3_K_M, 34.27",
        "llama-3.1-70b, Q2_K, 26.38",
        "llama-3.1-405b, BF16, 811.7",
        "llama-3.1-405b, Q8_0, 431.2",
        "llama-3.1-405b, Q4_K_M, 243.1",
        "llama-3.2-1b, Q8_0, 1.32",
        "mixtral-8x7b, Q8_0, 49.62",
        "mixtral-8x7b, Q6_K, 38.38",
        "mixtral-8x22b, Q5_K_M, 99.96",
        "mixtral-8x22b, Q4_K_M, 85.58",
        "mixtral-8x22b, Q3_K_M, 67.78",
        "mixtral-8x22b, Q2_K, 52.10",
        "qwen3-30b-a3b, Q4_K_M, 18.6",
        "qwen3-30b-a3b, Q8_0, 32.5",
    })
    void sizesAreThePublishedOnes(String model, Quant quant, double gigabytes) {
        Shape shape = ModelInfos.find(model).shape();

        assertThat(Weights.of(shape, quant).file() / 1e9).isCloseTo(gigabytes, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 8030261248",
        "llama-3.1-70b, 70553706496",
        "llama-3.1-405b, 405853388800",
        "mixtral-8x7b, 46702792704",
        "qwen3-30b-a3b, 30532110336",
    })
    void parametersAreThePublishedOnes(String model, long parameters) {
        assertThat(ModelInfos.find(model).shape().parameters()).isCloseTo(parameters, within(parameters / 10_000));
    }

    @Test
    void aLlama8bIsAsLlamaCppsOwnTableSays() {
        Shape shape = ModelInfos.find("llama-3.1-8b").shape();
        long bytes = Weights.of(shape, Quant.Q4_K_M).file();

        assertThat(bytes / (double) Sizes.GIB).isCloseTo(4.58, within(0.005));
        assertThat(8.0 * bytes / shape.parameters()).isCloseTo(4.894, within(0.001));
    }

    @Test
    void rowsThatFillNoBlockAreStoredOtherwise() {
        assertThat(TensorType.Q4_K.bytes(2, 512)).isEqualTo(2 * 2 * 144);
        assertThat(TensorType.Q4_K.bytes(1, 96)).isEqualTo(3 * 22);
        assertThat(TensorType.Q6_K.bytes(1, 96)).isEqualTo(3 * 34);
        assertThat(TensorType.Q4_K.bytes(1, 100)).isEqualTo(200);
    }
}
