package dev.cermin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.problem.Family;
import dev.cermin.train.TeacherSet.Example;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
        try (Trainer trainer = new Trainer(new TrainSettings(SMALL, 4, 30, 1, 16, 1, "noted", "cpu"))) {
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
        Path results = folder.resolve("proof/proof.jsonl");
        List<String> rows = Files.readAllLines(results);
        assertThat(rows).hasSize(6);
        assertThat(rows.get(1)).contains("all of the teacher's");
        Files.write(results, rows.subList(0, 5));

        assertThat(new CommandLine(new ProveCommand()).execute(command)).isZero();
        assertThat(Files.readAllLines(results)).isEqualTo(rows);

        assertThatThrownBy(() -> new Proof(folder.resolve("proof"), "others").rows())
                .hasMessageContaining("proof.jsonl is of other settings");
    }

    private static Scores scores(double ifd, double rifd) {
        return new Scores(
                new Scored(Math.log(ifd), 1), new Scored(0, 1), new Scored(Math.log(rifd), 1), new Scored(0, 1));
    }

    private static Example example(String reflection, Scores scores, Scores draft) {
        return new Example(Family.LINEAR.any(new Random(1)), "x=1", reflection, "x=2", scores, draft);
    }

    @Test
    void whatIsSelectedWasReflectedOnAndIsLikelierBothWays() {
        Scores draft = scores(1, 0.8);

        assertThat(example("1:2 bad;", scores(0.9, 0.7), draft).isSelected()).isTrue();
        assertThat(example("1:1 ok", scores(0.9, 0.7), draft).isSelected()).isFalse();
        assertThat(example("1:2 bad;", scores(1.1, 0.7), draft).isSelected()).isFalse();
        assertThat(example("1:2 bad;", scores(0.9, 0.8), draft).isSelected()).as("a tie").isFalse();
        assertThat(example("1:2 bad;", scores(0.9, 1.1), scores(1, 1.2)).isSelected()).isFalse();
    }

    @Test
    void theHardestAreThoseOfHighestIfdUnderOne() {
        Scores draft = scores(1, 1);
        List<Example> all = List.of(
                example("bad;", scores(0.5, 1), draft),
                example("bad;", scores(1.2, 1), draft),
                example("bad;", scores(0.9, 1), draft));

        assertThat(new TeacherSet(all).hardest(2)).containsExactly(all.get(2), all.get(0));
        assertThat(new TeacherSet(all).random(2, 1)).hasSize(2).isSubsetOf(all);
    }

    @Test
    void aTunedRunStartsFromItsBaseAndLeavesItAsItIs() throws Exception {
        Path export = Files.writeString(
                folder.resolve("reflection-twice.jsonl"),
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x+1=3\"},{\"role\":\"assistant\",\"content\":\"<thinking>x=2</thinking>\"}],\"loss_from\":0}");
        byte[] before = Files.readAllBytes(base().resolve(Checkpoint.FILE));
        Path tuned = folder.resolve("tuned");
        String[] command = {
            "--from", export.toString(), "--base", base().toString(), "--steps", "1", "--rows", "4", "--threads", "1",
            "--exam-every", "0", "--out", tuned.toString()
        };
        assertThat(new CommandLine(new RunCommand()).execute(command)).isZero();

        Tensors base = Tensors.read(base().resolve(Checkpoint.FILE));
        Tensors after = Tensors.read(tuned.resolve(Checkpoint.FILE));
        float[] old = base.tensors().get("norm").data();
        float[] now = after.tensors().get("norm").data();
        assertThat(now).isNotEqualTo(old);
        for (int i = 0; i < old.length; i++) {
            assertThat(now[i]).isCloseTo(old[i], within(0.01f));
        }
        command[command.length - 1] = base().toString();
        assertThat(new CommandLine(new RunCommand()).execute(command)).as("into its base").isEqualTo(1);
        command[command.length - 1] = tuned.toString();
        command[5] = "2";
        assertThat(new CommandLine(new RunCommand()).execute(command)).as("another run").isEqualTo(1);
        assertThat(base().resolve(Checkpoint.FILE)).hasBinaryContent(before);
    }

    /** Of the bundled model's size, untrained. */
    private Path base() throws Exception {
        Path base = folder.resolve("base");
        if (!Files.exists(base)) {
            Files.createDirectories(base);
            try (Trainer trainer = new Trainer(new TrainSettings(Shape.MIRROR, 4, 1, 1, 4, 1, "noted", "cpu"))) {
                trainer.save(base.resolve(Checkpoint.FILE));
            }
        }
        return base;
    }
}
