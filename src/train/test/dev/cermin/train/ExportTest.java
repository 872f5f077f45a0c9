package dev.cermin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.model.jlama.ModelLoadException;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExportTest {
    private static final Shape SMALL = new Shape(512, 64, 2, 2, 128, 512);

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void trainAndExport() throws Exception {
        try (Trainer trainer = new Trainer(new TrainSettings(SMALL, 9, 60, 1, 16, 1, "noted", "cpu"))) {
            for (int i = 0; i < 30; i++) {
                trainer.next();
            }
            trainer.save(folder.resolve(Checkpoint.FILE));
        }
        model = folder.resolve("model");
        assertThat(new CommandLine(new ExportCommand()).execute(folder.toString(), "--out", model.toString(), "--gguf"))
                .isZero();
    }

    /** Jlama itself compares the likelihood of the reference text when it loads the folder. */
    @Test
    void jlamaLoadsTheFolderAndWritesWhatTheTrainerWrites() throws Exception {
        Tensors checkpoint = Tensors.read(folder.resolve(Checkpoint.FILE));
        Llama trained = new Llama(SMALL, 1, new org.bytedeco.pytorch.Device("cpu"));
        Checkpoint.restore(checkpoint, trained.weights(), "");
        String question = "3x+4=19";
        int[] prompt = Sequence.writer()
                .tag(Token.BEGIN, 0)
                .text(question, 0)
                .tag(Token.THINKING, 0)
                .done()
                .tokens();
        int[] ours = new Decoder(trained)
                .write(List.of(prompt), List.of(Token.THINKING_END, Token.END), 12, 0)
                .getFirst();

        try (JlamaChatModel jlama = JlamaChatModel.builder().folder(model).build()) {
            String theirs = jlama.chat(ChatRequest.builder()
                            .messages(UserMessage.from(question + "<thinking>"))
                            .temperature(0.0)
                            .maxOutputTokens(12)
                            .build())
                    .aiMessage()
                    .text();
            assertThat(theirs).isEqualTo(Token.text(ours, 0));
        }
    }

    @Test
    void aFolderWhoseWeightsWereChangedIsRefused() throws Exception {
        Path weights = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 4000; i += 4) {
            bytes[i + 3] ^= (byte) 0x80;
        }
        Files.write(weights, bytes);

        assertThatThrownBy(() -> JlamaChatModel.builder().folder(model).build())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("negative log-likelihood");
    }

    @ParameterizedTest
    @CsvSource({"f32,1e-6", "q8_0,0.01", "q4_0,0.3"})
    void aGgufFileHoldsTheSameModel(String type, double tolerance) throws Exception {
        Tensors checkpoint = Tensors.read(folder.resolve(Checkpoint.FILE));
        Weights weights = new Weights(checkpoint);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(model.resolve("model-%s.gguf".formatted(type))))
                .order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file.getInt()).isEqualTo(0x46554747);
        assertThat(file.getInt()).isEqualTo(3);
        assertThat(file.getLong()).isEqualTo(weights.all().size());
        GgufText read = new GgufText(file);
        double worst = 0;
        for (Weights.Matrix matrix : weights.all()) {
            float[] stored = read.tensor(matrix.gguf());
            float[] expected = Gguf.arranged(matrix, SMALL);
            assertThat(stored).hasSize(expected.length);
            double squares = 0;
            double errors = 0;
            for (int i = 0; i < stored.length; i++) {
                squares += expected[i] * expected[i];
                errors += (stored[i] - expected[i]) * (stored[i] - expected[i]);
            }
            worst = Math.max(worst, Math.sqrt(errors / squares));
        }
        assertThat(worst).isCloseTo(0, within(tolerance));
    }

    @Test
    void theRowsOfQueriesChangePlacesAsGgmlTurnsThem() {
        float[] rows = new float[SMALL.hidden() * SMALL.hidden()];
        for (int row = 0; row < SMALL.hidden(); row++) {
            java.util.Arrays.fill(rows, row * SMALL.hidden(), (row + 1) * SMALL.hidden(), row);
        }
        float[] arranged = Gguf.arranged(
                new Weights.Matrix("q", "blk.0.attn_q.weight", SMALL.hidden(), SMALL.hidden(), rows), SMALL);

        // heads of 32: the pair (0, 16) becomes neighbours, then (1, 17), and the second head likewise
        assertThat(new float[] {arranged[0], arranged[64], arranged[128], arranged[192], arranged[32 * 64]})
                .containsExactly(0, 16, 1, 17, 32);
    }
}
