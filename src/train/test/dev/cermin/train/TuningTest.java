package dev.cermin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TuningTest {
    private static final Shape SMALL = new Shape(512, 32, 2, 2, 64, 512);

    @TempDir
    Path folder;

    @BeforeEach
    void train() throws Exception {
        try (Trainer trainer = new Trainer(new TrainSettings(SMALL, 4, 30, 1, 16, 1, "cpu"))) {
            trainer.train(30);
            trainer.save(folder.resolve(Checkpoint.FILE));
        }
    }

    @Test
    void scoresAreThoseOfTheExactComputation() throws Exception {
        Tensors checkpoint = Tensors.read(folder.resolve(Checkpoint.FILE));
        Llama model = new Llama(SMALL, 0, new org.bytedeco.pytorch.Device("cpu"));
        Checkpoint.restore(checkpoint, model.weights(), "");
        List<Likelihood> scores = new Scorer(model)
                .of(List.of("", "3x+4=19", ""), List.of("3x+4=19", "<thinking>x=5</thinking>", ""));

        int[] all = Sequence.of("", "3x+4=19", 0).tokens();
        double exact = new ExactForward(new Weights(checkpoint)).nll(java.util.Arrays.copyOf(all, all.length - 1));
        assertThat(((Scored) scores.get(0)).meanNll()).isCloseTo(exact, within(1e-4));
        assertThat(((Scored) scores.get(1)).tokens()).isEqualTo(5);
        assertThat(scores.get(2)).isInstanceOf(Likelihood.Unscored.class);
    }

    @Test
    void aProofThatWasDoneIsNotDoneAgain() throws Exception {
        String[] command = {
            "--teacher", folder.toString(), "--seeds", "1", "--student-steps", "2", "--samples", "20", "--tuning-steps", "1",
            "--rows", "4", "--problems", "1", "--threads", "1", "--out", folder.resolve("proof").toString()
        };
        assertThat(new CommandLine(new ProveCommand()).execute(command)).isZero();
        List<Proof.Row> rows = new Proof(folder.resolve("proof")).rows();
        assertThat(rows).extracting(Proof.Row::set).startsWith("nothing", "all of the teacher's");
        assertThat(new CommandLine(new ProveCommand()).execute(command)).isZero();

        assertThat(new Proof(folder.resolve("proof")).rows()).hasSameSizeAs(rows);
    }
}
