package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of fewer bits, against the reference on the same weights. */
class WeightTypesTest {
    private static final int[] TOKENS = new Random(3).ints(60, 0, 256).toArray();

    @TempDir
    Path temp;

    @Test
    void sixteenBits() throws IOException {
        RandomModel model = RandomModel.small(6);
        model.bf16 = true;
        Path folder = model.write(temp.resolve("bf16"));
        // Jlama rounds what it multiplies with such weights to 16 bits as well
        double[] found = compare(folder, 0.1);
        double mean = -Arrays.stream(found).average().orElseThrow();
        double exact = -Arrays.stream(new ReferenceForward(folder).logProbabilities(TOKENS))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(exact, within(0.005));
        String reference = "{\"text\": \"hello\", \"nll\": %s}";
        ReferenceForward forward = new ReferenceForward(folder);
        int[] hello = {RandomModel.BOS, 'h', 'e', 'l', 'l', 'o'};
        double nll = -Arrays.stream(forward.logProbabilities(hello)).average().orElseThrow();
        Files.writeString(folder.resolve("reference.json"), reference.formatted(nll));
        JlamaChatModel.builder().folder(folder).build().close();
        Files.writeString(folder.resolve("reference.json"), reference.formatted(nll + 0.1));
        assertThatThrownBy(() -> JlamaChatModel.builder().folder(folder).build())
                .isInstanceOf(ModelLoadException.class);
    }

    @Test
    void fourBits() throws IOException {
        Path whole = RandomModel.small(6).write(temp.resolve("whole"));
        Files.writeString(whole.resolve("README.md"), "# A model\n"); // it is copied, and must be there
        Path quantised = SafeTensorSupport.quantizeModel(
                whole,
                DType.Q4,
                new String[] {"norm", "embed_tokens", "lm_head"},
                new String[0],
                Optional.of(temp.resolve("q4")));
        double[] found = compare(quantised, 1e-4);

        assertThat(Arrays.stream(found).sum())
                .as("quantising changes something")
                .isNotCloseTo(
                        Arrays.stream(new ReferenceForward(whole).logProbabilities(TOKENS))
                                .sum(),
                        within(1e-2));
        assertThat(Files.size(quantised.resolve("model.safetensors")))
                .isLessThan(Files.size(whole.resolve("model.safetensors")));
    }

    private static double[] compare(Path folder, double tolerance) throws IOException {
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            double[] found = model.logProbabilities(TOKENS);
            assertThat(found).containsExactly(new ReferenceForward(folder).logProbabilities(TOKENS), within(tolerance));
            return found;
        }
    }
}
