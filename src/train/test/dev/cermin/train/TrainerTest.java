package dev.cermin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class TrainerTest {
    private static final Shape SMALL = new Shape(512, 32, 2, 2, 64, 512);

    @TempDir
    Path folder;

    private static Trainer trainer(long seed, int threads) {
        return new Trainer(new TrainSettings(SMALL, seed, 40, 1, 16, threads, "noted", "cpu"));
    }

    @Test
    void theLossFallsAndIsTheSameForTheSameSeedWhateverTheThreads() throws Exception {
        List<Double> losses = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        try (Trainer one = trainer(3, 1);
                Trainer other = trainer(3, 2)) {
            for (int i = 0; i < 40; i++) {
                one.next();
                losses.add(one.loss());
                if (i < 4) {
                    other.next();
                    again.add(other.loss());
                }
            }
        }

        assertThat(losses.getFirst()).isCloseTo(Math.log(512), within(0.5));
        assertThat(losses.getLast()).isLessThan(losses.getFirst() - 0.5);
        for (int i = 0; i < 4; i++) {
            assertThat(again.get(i)).isCloseTo(losses.get(i), within(1e-3));
        }
    }

    @Test
    void aRunThatWasStoppedGoesOnAsIfItHadNot() throws Exception {
        double uninterrupted = 0;
        Path file = folder.resolve(Checkpoint.FILE);
        try (Trainer trainer = trainer(5, 1)) {
            for (int i = 0; i < 6; i++) {
                trainer.next();
                uninterrupted = trainer.loss();
                if (i == 2) {
                    trainer.save(file);
                }
            }
        }
        double resumed = 0;
        try (Trainer trainer = trainer(5, 1)) {
            assertThat(trainer.resume(file)).isTrue();
            assertThat(trainer.step()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                trainer.next();
                resumed = trainer.loss();
            }
        }

        assertThat(resumed).isCloseTo(uninterrupted, within(1e-5));
    }

    /** The packed batch, the decoder with its cache and the exact computation are three ways to the same numbers. */
    @Test
    void batchDecoderAndExactComputationAgree() throws Exception {
        Path file = folder.resolve(Checkpoint.FILE);
        try (Trainer trainer = trainer(7, 1)) {
            for (int i = 0; i < 20; i++) {
                trainer.next();
            }
            trainer.save(file);
            ExactForward exact = new ExactForward(new Weights(Tensors.read(file)));
            Problem problem = Family.TIME.any(new Random(1));
            Sequence learned = Sequence.of(problem, problem.answer());
            float[] all = new float[learned.length()];
            java.util.Arrays.fill(all, 1);
            Sequence everything = new Sequence(learned.tokens(), all);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                float loss = trainer.model()
                        .loss(Batch.pack(() -> everything, 1, everything.length()))
                        .item_float();
                assertThat((double) loss).isCloseTo(exact.nll(everything.tokens()), within(1e-4));
            }

            int[] prompt = java.util.Arrays.copyOf(learned.tokens(), 12);
            int[] written = new Decoder(trainer.model())
                    .write(List.of(prompt, java.util.Arrays.copyOf(prompt, 5)), List.of(Token.END), 10, 0)
                    .getFirst();
            int[] so = prompt;
            for (int token : written) {
                assertThat(token).isEqualTo(exact.likeliest(so));
                so = java.util.Arrays.copyOf(so, so.length + 1);
                so[so.length - 1] = token;
            }
        }
    }
}
