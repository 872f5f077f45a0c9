package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProbabilitiesTest {
    private static final String TRANSCRIPT =
            "3x+4=19<thinking>x=3</thinking><reflection>3*3=9,9+4=13;0*3=0,0+19=19;13-19=-4 bad</reflection>";

    @TempDir
    Path temp;

    @Test
    void bundledModelWithTiedEmbeddings() throws IOException {
        Path folder = BundledModel.unpack(temp);
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            int[] tokens = model.encode(TRANSCRIPT);
            compare(folder, model, tokens);
            assertThat(model.negativeLogLikelihood(TRANSCRIPT))
                    .isCloseTo(
                            -Arrays.stream(new ReferenceForward(folder).logProbabilities(tokens))
                                    .average()
                                    .orElseThrow(),
                            within(1e-5));
        }
    }

    @Test
    void everyLengthAroundTheTilesAndBatches() throws IOException {
        Path folder = RandomModel.small(11).write(temp);
        int[] tokens = tokens(300);
        double[] expected = new ReferenceForward(folder).logProbabilities(tokens);
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            for (int length : new int[] {2, 3, 4, 5, 6, 7, 14, 16, 20, 31, 255, 256, 257, 258, 300}) {
                assertThat(model.logProbabilities(Arrays.copyOf(tokens, length)))
                        .as("length %d", length)
                        .containsExactly(Arrays.copyOf(expected, length - 1), within(1e-4));
            }
        }
    }

    @Test
    void groupedHeadsUntiedOutputAndLinearScalingUpToTheEndOfTheContext() throws IOException {
        RandomModel grouped = new RandomModel(128, 192, 2, 8, 4, 400, false, 5);
        grouped.config.put("rope_scaling", Map.of("rope_type", "linear", "factor", 2.0));
        Path folder = grouped.write(temp);
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            assertThat(model.contextLength()).isEqualTo(400 - 2 * 4);
            compare(folder, model, tokens(model.contextLength()));
            assertThatThrownBy(() -> model.logProbabilities(tokens(393)))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining("393")
                    .hasMessageContaining("392");
        }
    }

    @Test
    void textsBehindPromptsThatAreKeptAndTurnedTo() throws IOException {
        Path folder = RandomModel.small(11).write(temp);
        ReferenceForward reference = new ReferenceForward(folder);
        Random random = new Random(4);
        int[] first = tokens(97);
        int[] second = Arrays.copyOf(first, 60);
        second[40]++;
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            for (int round = 0; round < 12; round++) {
                int[] prompt = List.of(first, second, new int[] {RandomModel.BOS}, Arrays.copyOf(first, 30))
                        .get(round % 4);
                int[] text = random.ints(1 + random.nextInt(120), 0, 256).toArray();
                int[] both = IntStream.concat(Arrays.stream(prompt), Arrays.stream(text))
                        .toArray();
                double[] expected = reference.logProbabilities(both);
                assertThat(model.logProbabilities(both, prompt.length))
                        .as("round %d, %d behind %d", round, text.length, prompt.length)
                        .containsExactly(
                                Arrays.copyOfRange(expected, prompt.length - 1, expected.length), within(1e-4));
            }
        }
    }

    /** What scoring is measured against must not pay for a text's length that scoring doesn't pay for. */
    @Test
    void aTextOfAnyLengthIsReadInAsFewPassesAsItIsScored() throws IOException {
        try (JlamaChatModel model =
                JlamaChatModel.builder().folder(BundledModel.unpack(temp)).build()) {
            long whole = Long.MAX_VALUE;
            long cut = Long.MAX_VALUE;
            for (int round = 0; round < 200; round++) {
                whole = Math.min(whole, nanos(() -> model.read(tokens(15))));
                cut = Math.min(cut, nanos(() -> model.read(tokens(14))));
            }
            assertThat((double) cut / whole).isLessThan(1.4);
        }
    }

    private static long nanos(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    @Test
    void anInterruptLeavesNothingHalfReadBehind() throws IOException {
        Path folder = RandomModel.small(11).write(temp);
        int[] tokens = tokens(300);
        double[] expected = new ReferenceForward(folder).logProbabilities(tokens);
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> model.logProbabilities(tokens, 50)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(model.logProbabilities(tokens, 50))
                    .containsExactly(Arrays.copyOfRange(expected, 49, 299), within(1e-4));
        }
    }

    @Test
    void thereMustBeSomethingToRate() throws IOException {
        try (JlamaChatModel model = JlamaChatModel.builder()
                .folder(RandomModel.small(1).write(temp))
                .build()) {
            assertThatThrownBy(() -> model.negativeLogLikelihood("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> model.logProbabilities(new int[] {RandomModel.BOS}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 tokens");
        }
    }

    private static void compare(Path folder, JlamaChatModel model, int[] tokens) throws IOException {
        assertThat(model.logProbabilities(tokens))
                .containsExactly(new ReferenceForward(folder).logProbabilities(tokens), within(1e-4));
    }

    private static int[] tokens(int count) {
        int[] tokens = new Random(9).ints(count, 0, 256).toArray();
        tokens[0] = RandomModel.BOS;
        return tokens;
    }
}
