package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Trains a model, or goes on where a stopped run left off.",
            "The folder gets checkpoint.safetensors, progress.csv and curves.png."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
    private static final int LINE_EVERY_MS = 30_000;
    private static final int WIDTH = 100;
    private static final int LOSSES = 50;
    private static final int TUNE_PROBLEMS = 60;
    private static final long TUNE_SEED = 7;

    @Option(names = "--seed", description = "Of the first weights and of what is taught in which order.")
    private long seed = 1;

    @Option(names = "--steps", description = "In all.")
    private int steps = 6000;

    @Option(
            names = "--rows",
            description =
                    "Of a step, each of 256 tokens, padding included; a multiple of 4. On a GPU 64 cost hardly more.")
    private int rows = 16;

    @Option(
            names = "--threads",
            description = "Each with a copy of the model; at most a quarter of the rows have work. On a GPU: 1.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = "--device", description = "As libtorch names it: cpu or cuda.")
    private String device = "cpu";

    @Option(
            names = "--out",
            description = "Default: target/train/seed-SEED; with --from tuned-SEED.",
            defaultValue = Option.NULL_VALUE)
    private Path out;

    @Option(
            names = "--from",
            description =
                    "Learns from a reflection-twice.jsonl, as 'cermin tune export' writes it, in place of the course.",
            defaultValue = Option.NULL_VALUE)
    private Path from;

    @Option(
            names = "--base",
            description = "The folder of a run, from whose weights this one starts.",
            defaultValue = Option.NULL_VALUE)
    private Path base;

    @Option(names = "--rate", description = "Of the full learning rate, in (0, 1].")
    private double rate = 1;

    @Option(names = "--own-drafts-from", description = "The step from which the model judges its own drafts, too.")
    private int ownDraftsFrom = 1500;

    @Option(names = "--draw-every", description = "Steps after which these drafts are drawn anew.")
    private int drawEvery = 500;

    @Option(names = "--drafts", description = "How many of them are drawn for each family.")
    private int drafts = 600;

    @Option(
            names = "--exam-every",
            description = "Steps after which it is tried on problems kept for that, and at the end; 0: never.")
    private int examEvery = 500;

    @Option(names = "--save-every", description = "Steps after which it is saved.")
    private int saveEvery = 500;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = out != null ? out : Path.of("target", "train", (from == null ? "seed-" : "tuned-") + seed);
        if (base != null && Files.exists(folder) && Files.isSameFile(folder, existing(base))) {
            throw new IllegalArgumentException("--out is the folder of --base, which would be lost: give another");
        }
        Files.createDirectories(folder);
        Path checkpoint = folder.resolve(Checkpoint.FILE);
        int copies = device.equals("cpu") ? threads : 1;
        TrainSettings settings = new TrainSettings(Shape.MIRROR, seed, steps, rate, rows, copies, lessons(), device);
        try (Trainer trainer = new Trainer(settings, from == null ? null : Examples.read(existing(from))::any)) {
            boolean resumed = trainer.resume(checkpoint);
            if (!resumed && base != null) {
                trainer.startFrom(Tensors.read(existing(base.resolve(Checkpoint.FILE))));
            }
            RunLog log = new RunLog(folder);
            log.forgetAfter(trainer.step());
            System.err.printf(
                    Locale.ROOT,
                    "cermin: %,d weights, seed %d, %s step %d of %d%n",
                    trainer.model().size(),
                    seed,
                    resumed ? "going on from" : "from",
                    trainer.step(),
                    steps);
            if (from == null && trainer.step() >= ownDraftsFrom && trainer.step() < steps) {
                trainer.drawDrafts(drafts);
            }
            try (ProgressBar bar = bar(trainer.step())) {
                train(trainer, log, checkpoint, bar);
            }
            System.out.println(
                    log.read().isEmpty() ? "too few steps to draw curves of" : "curves: " + Curves.draw(folder));
        }
        return 0;
    }

    private String lessons() throws IOException {
        String what = from == null ? TrainSettings.COURSE : "%08x".formatted(checksum(from));
        return base == null ? what : what + " on %08x".formatted(checksum(base.resolve(Checkpoint.FILE)));
    }

    private static long checksum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(existing(file)));
        return sum.getValue();
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "There is no %s; --from takes a reflection-twice.jsonl, --base the folder of a run"
                            .formatted(file));
        }
        return file;
    }

    private void train(Trainer trainer, RunLog log, Path checkpoint, ProgressBar bar)
            throws IOException, InterruptedException {
        while (trainer.step() < steps) {
            trainer.next();
            int step = trainer.step();
            bar.stepTo(step);
            if (step % LOSSES == 0) {
                double loss = trainer.loss();
                bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", loss));
                log.loss(step, loss);
            }
            if (step % saveEvery == 0 || step == steps) {
                trainer.save(checkpoint);
            }
            if (examEvery > 0 && (step % examEvery == 0 || step == steps)) {
                log.marks(step, exam(trainer));
            }
            if (from == null && step >= ownDraftsFrom && (step - ownDraftsFrom) % drawEvery == 0) {
                trainer.drawDrafts(drafts);
            }
        }
    }

    private static Map<Family, Marks> exam(Trainer trainer) {
        Exam exam = new Exam(new Decoder(trainer.model()));
        Map<Family, Marks> marks = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            List<Problem> problems = Exam.problems(family, Split.TUNE, TUNE_PROBLEMS, TUNE_SEED);
            Marks own = exam.sit(problems);
            marks.put(family, own);
            System.err.println(own.line(family.key()));
        }
        System.err.println(
                marks.values().stream().reduce(Marks::plus).orElseThrow().line("pooled"));
        return marks;
    }

    private ProgressBar bar(int from) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName("seed " + seed)
                .setInitialMax(steps)
                .startsFrom(from, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        return Ansi.AUTO.enabled()
                ? builder.setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build()
                : builder.setUpdateIntervalMillis(LINE_EVERY_MS)
                        .setConsumer(new DelegatingProgressBarConsumer(System.err::println, WIDTH))
                        .build();
    }
}
