package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains one model. Each thread has a copy of it and a share of every step's batches; the gradients are added up. What
 * a step is taught depends on the seed and the step's number alone, so a run that was stopped goes on as if it hadn't;
 * but for the model's own drafts, which are then drawn anew.
 */
@SuppressWarnings("try")
final class Trainer implements AutoCloseable {
    /** At the beginning, the learning rate rises in so many steps, or in a twentieth of a shorter run. */
    private static final int WARM_UP = 100;

    /** The share of a run at the full learning rate; it falls in a straight line behind it. */
    private static final double FULL = 0.5;

    private static final double LEAST_RATE = 0.01;
    private static final int FEEDERS = 4;

    private final TrainSettings settings;
    private final List<Llama> copies = new ArrayList<>();
    private final Optimiser optimiser;
    private final OwnDrafts ownDrafts = new OwnDrafts();
    private final Feed feed;
    private final ExecutorService threads;
    private final List<Tensor> losses = new ArrayList<>();
    private int step;
    private int stepsSinceAsked;

    /** By the course. */
    Trainer(TrainSettings settings) {
        this(settings, null);
    }

    /** @param examples null for the course */
    Trainer(TrainSettings settings, @Nullable Function<RandomGenerator, Sequence> examples) {
        this.settings = settings;
        set_num_threads(1);
        Device device = new Device(settings.device());
        for (int i = 0; i < settings.threads(); i++) {
            copies.add(new Llama(settings.shape(), settings.seed(), device));
            losses.add(Llama.keep(copies.getLast().here(zeros(1))));
        }
        if (settings.rows() < Feed.ROWS || settings.rows() % Feed.ROWS != 0) {
            throw new IllegalArgumentException(
                    "The rows of a step must be a multiple of %d, got %d".formatted(Feed.ROWS, settings.rows()));
        }
        int batches = settings.rows() / Feed.ROWS;
        feed = new Feed(
                examples != null ? examples : new Course(ownDrafts)::next,
                settings.seed(),
                batches,
                settings.isOnCpu() ? 1 : FEEDERS);
        optimiser = new Optimiser(model());
        threads = Executors.newFixedThreadPool(settings.threads());
    }

    Llama model() {
        return copies.getFirst();
    }

    int step() {
        return step;
    }

    /**
     * Goes on from a checkpoint, where there is one.
     *
     * @throws IllegalArgumentException where another run made it
     */
    boolean resume(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Tensors checkpoint = Tensors.read(file);
        String run = checkpoint.metadata().get("run");
        if (run != null && !run.equals(settings.run())) {
            throw new IllegalArgumentException(
                    "%s is of another run (%s; this one: %s): give the same options, or another --out"
                            .formatted(file, run, settings.run()));
        }
        copies.forEach(copy -> Checkpoint.restore(checkpoint, copy.weights(), ""));
        Checkpoint.restore(checkpoint, optimiser.state(), "optimiser.");
        step = Integer.parseInt(checkpoint.metadata().getOrDefault("step", "0"));
        return true;
    }

    /** From another run's weights on, as a new run. */
    void startFrom(Tensors checkpoint) {
        copies.forEach(copy -> Checkpoint.restore(checkpoint, copy.weights(), ""));
    }

    void save(Path file) throws IOException {
        Checkpoint.write(
                file,
                model(),
                optimiser,
                Map.of("step", String.valueOf(step), "seed", String.valueOf(settings.seed()), "run", settings.run()));
    }

    /** The model's own drafts, from now on among those it learns to judge. */
    void drawDrafts(int problems) {
        ownDrafts.refresh(new Decoder(model()), problems, settings.seed() * 1_000_003 + step);
        feed.restart();
    }

    void next() throws InterruptedException {
        List<Batch> batches = feed.step(step);
        if (!settings.isOnCpu()) {
            batches = List.of(Batch.join(batches));
        }
        int count = batches.size();
        List<Future<?>> learning = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            List<Batch> share = new ArrayList<>();
            for (int batch = i; batch < count; batch += copies.size()) {
                share.add(batches.get(batch));
            }
            int copy = i;
            learning.add(threads.submit(() -> learn(copies.get(copy), share, count, losses.get(copy))));
        }
        try {
            for (Future<?> each : learning) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Step %d failed: %s".formatted(step, e.getCause()), e);
        }
        step++;
        stepsSinceAsked++;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            gather();
            optimiser.step(step, rate());
            share();
        }
    }

    void train(int steps) throws InterruptedException {
        for (int i = 0; i < steps; i++) {
            next();
        }
    }

    /** The mean since it was last asked for, in nats a token; NaN where there was no step. */
    double loss() {
        double sum = 0;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (Tensor loss : losses) {
                sum += loss.item_float();
                loss.zero_();
            }
        }
        double mean = sum / stepsSinceAsked;
        stepsSinceAsked = 0;
        return mean;
    }

    private static void learn(Llama copy, List<Batch> share, int count, Tensor losses) {
        set_num_threads(1);
        try (PointerScope scope = new PointerScope()) {
            copy.stacks().forEach(stack -> stack.gradients().zero_());
            for (Batch batch : share) {
                try (PointerScope each = new PointerScope()) {
                    Tensor part = copy.loss(batch).div(new Scalar((double) count));
                    part.backward();
                    losses.add_(part.detach());
                }
            }
        }
    }

    private void gather() {
        for (Llama copy : copies.subList(1, copies.size())) {
            for (int i = 0; i < copy.stacks().size(); i++) {
                model().stacks().get(i).gradients().add_(copy.stacks().get(i).gradients());
            }
        }
    }

    private void share() {
        for (Llama copy : copies.subList(1, copies.size())) {
            for (int i = 0; i < copy.stacks().size(); i++) {
                copy.stacks().get(i).values().copy_(model().stacks().get(i).values());
            }
        }
    }

    double rate() {
        double done = (double) step / settings.steps();
        double falling = done < FULL ? 1 : Math.max(LEAST_RATE, (1 - done) / (1 - FULL));
        double warmUp = Math.clamp(settings.steps() / 20, 1, WARM_UP);
        return settings.rate() * Math.min(1.0, step / warmUp) * falling;
    }

    @Override
    public void close() {
        feed.close();
        threads.shutdown();
    }
}
