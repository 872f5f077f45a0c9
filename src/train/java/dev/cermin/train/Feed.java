package dev.cermin.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Makes the batches of the steps to come on threads of its own. What a step gets depends on the seed, its number and the
 * course alone.
 */
final class Feed implements AutoCloseable {
    static final int ROWS = 4;
    static final int COLUMNS = 256;
    private static final int AHEAD = 16;

    private final Function<RandomGenerator, Sequence> course;
    private final long seed;
    private final int batches;
    private final ExecutorService threads;
    private final Deque<List<Future<Batch>>> made = new ArrayDeque<>();
    private int first;

    Feed(Function<RandomGenerator, Sequence> course, long seed, int batches, int threads) {
        this.course = course;
        this.seed = seed;
        this.batches = batches;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("feed-", 0).factory());
    }

    /** The course has changed: what was made ahead is forgotten. */
    void restart() {
        made.forEach(step -> step.forEach(batch -> batch.cancel(false)));
        made.clear();
    }

    List<Batch> step(int number) throws InterruptedException {
        if (made.isEmpty() || first != number) {
            restart();
            first = number;
        }
        while (made.size() < AHEAD) {
            made.add(start(first + made.size()));
        }
        first++;
        List<Batch> step = new ArrayList<>();
        try {
            for (Future<Batch> batch : made.removeFirst()) {
                step.add(batch.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The batches of step %d failed: %s".formatted(number, e.getCause()), e);
        }
        return step;
    }

    private List<Future<Batch>> start(int number) {
        List<Future<Batch>> step = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            // its first numbers differ between seeds that lie side by side, which java.util.Random's don't
            RandomGenerator random = new SplittableRandom((seed * 1_000_003 + number) * 1_000_003 + i);
            step.add(threads.submit(() -> Batch.pack(() -> course.apply(random), ROWS, COLUMNS)));
        }
        return step;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
