package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import dev.cermin.train.TeacherSet.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prove",
        description = {
            "Shows whether selection pays: half-trained students are tuned on all that a teacher made of their drafts,",
            "on what their own scores select of it, and on random parts of the same sizes; then all are examined.",
            "What proof.jsonl in the folder has already is not done again."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ProveCommand implements Callable<Integer> {
    private static final long PROBLEM_SEED = 4711;
    private static final int QUARTER = 4;
    /** What an exam is of: five sets, and no tuning at all. */
    private static final int SETS = 6;

    @Option(names = "--teacher", required = true, description = "The folder of a run.")
    private Path teacher = Path.of("");

    @Option(names = "--seeds", split = ",", description = "Of the students.")
    private List<Long> seeds = List.of(1L, 2L, 3L);

    @Option(names = "--student-steps", description = "From random weights, before they are tuned.")
    private int studentSteps = 800;

    @Option(names = "--samples", description = "That the teacher makes, of all families.")
    private int samples = 8000;

    @Option(names = "--temperature", description = "The teacher's: above 0, it errs now and then.")
    private double temperature = 1;

    @Option(names = "--tuning-steps")
    private int tuningSteps = 200;

    @Option(names = "--rate", description = "The tuning's, of the full learning rate.")
    private double rate = 0.3;

    @Option(names = "--rows", description = "Of a step, each of 256 tokens.")
    private int rows = 64;

    @Option(names = "--threads", description = "Each with a copy of the model. On a GPU: 1.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = "--device", description = "As libtorch names it: cpu or cuda.")
    private String device = "cpu";

    @Option(names = "--problems", description = "Of the exam, of each family; never learned from.")
    private int problems = 200;

    @Option(names = "--split", description = "Of the exam: TUNE while settings are tried, TEST once they are chosen.")
    private Split split = Split.TEST;

    @Option(names = "--out", description = "A folder for the students and the results.")
    private Path out = Path.of("target", "train", "proof");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(out);
        Proof proof = new Proof(out, toldSettings());
        for (long seed : seeds) {
            if (proof.rows().stream().filter(row -> row.seed() == seed).count() == SETS) {
                continue;
            }
            Path student = student(seed);
            Map<String, List<Example>> sets = sets(student, seed);
            examine(proof, seed, "nothing", List.of(), student);
            for (Map.Entry<String, List<Example>> set : sets.entrySet()) {
                examine(proof, seed, set.getKey(), set.getValue(), student);
            }
        }
        System.out.print(proof.table());
        return 0;
    }

    private String toldSettings() throws IOException {
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(teacher.resolve(Checkpoint.FILE)));
        return "teacher %08x at %s, %d samples, students of %d steps, tuned for %d at %s, %d rows, %d problems of %s"
                .formatted(
                        sum.getValue(), temperature, samples, studentSteps, tuningSteps, rate, rows, problems, split);
    }

    private TrainSettings settings(long seed, int steps, double of) {
        int copies = device.equals("cpu") ? threads : 1;
        return new TrainSettings(Shape.MIRROR, seed, steps, of, rows, copies, TrainSettings.COURSE, device);
    }

    private Path student(long seed) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(out.resolve("student-" + seed));
        try (Trainer trainer = new Trainer(settings(seed, studentSteps, 1))) {
            trainer.resume(folder.resolve(Checkpoint.FILE));
            trainer.train(studentSteps - trainer.step());
            trainer.save(folder.resolve(Checkpoint.FILE));
        }
        return folder;
    }

    private Llama model(Path folder) throws IOException {
        Tensors checkpoint = Tensors.read(folder.resolve(Checkpoint.FILE));
        Llama model = new Llama(Checkpoint.shape(checkpoint), 0, new Device(device));
        Checkpoint.restore(checkpoint, model.weights(), "");
        return model;
    }

    private Map<String, List<Example>> sets(Path student, long seed) throws IOException {
        TeacherSet set = TeacherSet.draw(model(student), model(teacher), samples, temperature, PROBLEM_SEED + seed);
        List<Example> selected = set.selected();
        List<Example> hardest = set.hardest(samples / QUARTER);
        Map<String, List<Example>> sets = new LinkedHashMap<>();
        sets.put("all of the teacher's", set.all());
        sets.put("selected by IFD and r-IFD", selected);
        sets.put("as many, at random", set.random(selected.size(), seed));
        sets.put("the quarter of highest IFD", hardest);
        sets.put("a quarter, at random", set.random(hardest.size(), seed + 1));
        return sets;
    }

    private void examine(Proof proof, long seed, String name, List<Example> set, Path student)
            throws IOException, InterruptedException {
        if (proof.has(seed, name)) {
            return;
        }
        try (Trainer trainer = new Trainer(settings(seed, tuningSteps, rate), set.isEmpty() ? null : examples(set))) {
            trainer.startFrom(Tensors.read(student.resolve(Checkpoint.FILE)));
            if (!set.isEmpty()) {
                trainer.train(tuningSteps);
            }
            List<Problem> asked = new ArrayList<>();
            for (Family family : Family.values()) {
                asked.addAll(Exam.problems(family, split, problems, PROBLEM_SEED + seed));
            }
            Marks marks = new Exam(new Decoder(trainer.model())).sit(asked);
            System.err.println("seed " + seed + "  " + marks.line(name));
            int fine = (int) set.stream().filter(Example::isRight).count();
            proof.add(new Proof.Row(
                    proof.settings(), seed, name, set.size(), fine, marks.count(), marks.right(), marks.tokens()));
        }
    }

    private static @Nullable Function<RandomGenerator, Sequence> examples(List<Example> set) {
        return new Examples(
                set.stream().flatMap(example -> example.sequences().stream()).toList())::any;
    }
}
