package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains one model. Each thread has a copy of it and a share of every step's batches; the gradients are added up. What
 * a step is taught depends on the seed and the step's number alone, so a run that was stopped goes on as if it hadn't.
 */
@SuppressWarnings("try")
final class Trainer implements AutoCloseable {
    private static final int WARM_UP = 100;
    /** The share of a run at the full learning rate; it falls in a straight line behind it. */
    private static final double FULL = 0.5;

    private static final double LEAST_RATE = 0.01;
    private static final int ROWS = 4;
    private static final int COLUMNS = 256;
    private static final int BATCHES = 4;

    private final TrainSettings settings;
    private final List<Llama> copies = new ArrayList<>();
    private final Optimiser optimiser;
    private final OwnDrafts ownDrafts = new OwnDrafts();
    private final Course course = new Course(ownDrafts);
    private final ExecutorService threads;
    private int step;

    Trainer(TrainSettings settings) {
        this.settings = settings;
        set_num_threads(1);
        Device device = new Device(settings.device());
        for (int i = 0; i < settings.threads(); i++) {
            copies.add(new Llama(settings.shape(), settings.seed(), device));
        }
        optimiser = new Optimiser(model());
        threads = Executors.newFixedThreadPool(settings.threads());
    }

    Llama model() {
        return copies.getFirst();
    }

    int step() {
        return step;
    }

    /** Tokens of a step, the padding included. */
    static int tokensAStep() {
        return ROWS * COLUMNS * BATCHES;
    }

    /** Goes on from a checkpoint, where there is one. */
    boolean resume(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Tensors checkpoint = Tensors.read(file);
        copies.forEach(copy -> Checkpoint.restore(checkpoint, copy.weights(), ""));
        Checkpoint.restore(checkpoint, optimiser.state(), "optimiser.");
        step = Integer.parseInt(checkpoint.metadata().getOrDefault("step", "0"));
        return true;
    }

    void save(Path file) throws IOException {
        Checkpoint.write(
                file,
                model(),
                optimiser,
                Map.of("step", String.valueOf(step), "seed", String.valueOf(settings.seed())));
    }

    /** The model's own drafts, from now on among those it learns to judge. */
    void drawDrafts(int problems) {
        ownDrafts.refresh(new Decoder(model()), problems, settings.seed() * 1_000_003 + step);
    }

    /** @return the loss before it, in nats a token */
    double next() throws InterruptedException {
        List<Future<Double>> losses = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            int copy = i;
            losses.add(threads.submit(() -> learn(copies.get(copy), copy)));
        }
        double loss = 0;
        try {
            for (Future<Double> each : losses) {
                loss += each.get() / BATCHES;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Step %d failed: %s".formatted(step, e.getCause()), e);
        }
        step++;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            gather();
            optimiser.step(step, rate());
            share();
        }
        return loss;
    }

    private double learn(Llama copy, int index) {
        set_num_threads(1);
        double loss = 0;
        try (PointerScope scope = new PointerScope()) {
            copy.weights().values().forEach(weight -> {
                Tensor gradient = weight.mutable_grad();
                if (gradient.defined()) {
                    gradient.zero_();
                }
            });
            for (int batch = index; batch < BATCHES; batch += copies.size()) {
                Random random = new Random((settings.seed() * 1_000_003 + step) * 31 + batch);
                try (PointerScope each = new PointerScope()) {
                    Tensor mean = copy.loss(Batch.pack(() -> course.next(random), ROWS, COLUMNS));
                    mean.div(new Scalar((double) BATCHES)).backward();
                    loss += mean.item_float();
                }
            }
        }
        return loss;
    }

    private void gather() {
        model().weights().forEach((name, weight) -> {
            for (Llama copy : copies.subList(1, copies.size())) {
                weight.mutable_grad().add_(copy.weight(name).mutable_grad());
            }
        });
    }

    private void share() {
        model().weights().forEach((name, weight) -> {
            for (Llama copy : copies.subList(1, copies.size())) {
                copy.weight(name).copy_(weight);
            }
        });
    }

    double rate() {
        double done = (double) step / settings.steps();
        double falling = done < FULL ? 1 : Math.max(LEAST_RATE, (1 - done) / (1 - FULL));
        return Math.min(1.0, (double) step / WARM_UP) * falling;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
