package dev.cermin.bench;

import dev.cermin.Agent;
import dev.cermin.Run;
import dev.cermin.integrity.Checkpointer;
import dev.cermin.integrity.LogVerifier;
import dev.cermin.integrity.SweepReport;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.ChainCheck;
import dev.cermin.trace.TraceStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many steps a second are verified: of traces in memory, and of those that lie in Postgres. */
public final class VerifyRun {
    private static final int IN_MEMORY = 2_000;
    private static final int BATCH = 300;
    private static final int ROUNDS = 5;

    private final TraceStore store;
    private final Checkpointer checkpointer;
    private final LogVerifier verifier;

    public VerifyRun(TraceStore store, Checkpointer checkpointer, LogVerifier verifier) {
        this.store = store;
        this.checkpointer = checkpointer;
        this.verifier = verifier;
    }

    /** @param loops that are stored before those in Postgres are verified, with all that earlier runs left there */
    public void run(int loops) throws InterruptedException, ExecutionException, SQLException {
        Agent agent = Agent.named("equations", InstantProvider.chat());
        List<List<TraceStep>> some = new ArrayList<>();
        for (int i = 0; i < IN_MEMORY; i++) {
            some.add(trace(agent));
        }
        long texts = some.getFirst().stream()
                .flatMap(step -> step.texts().byName().values().stream())
                .mapToLong(String::length)
                .sum();
        int steps = some.getFirst().size();
        say("a trace", "%d steps with %d characters of texts each".formatted(steps, texts / steps));
        for (int threads : new int[] {1, 2}) {
            inMemory(some, threads, 3);
            say("in memory, threads: " + threads, "%,.0f steps/s".formatted(inMemory(some, threads, 20)));
        }
        List<TraceStep> batch = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            batch.addAll(trace(agent));
            if (batch.size() >= BATCH || i == loops - 1) {
                store.append(batch, List.of());
                batch.clear();
            }
        }
        checkpointer.run();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            SweepReport report = verifier.traces(null, null, List.of(), List.of(), done -> {});
            double seconds = (System.nanoTime() - begin) / 1e9;
            say(
                    "in Postgres, with the log",
                    "%,.0f steps/s: %,d steps of %,d traces, %s"
                            .formatted(
                                    report.steps() / seconds,
                                    report.steps(),
                                    report.traces(),
                                    report.holds()
                                            ? "all hold"
                                            : "BROKEN: "
                                                    + report.broken().stream()
                                                            .limit(3)
                                                            .toList()));
        }
    }

    private static List<TraceStep> trace(Agent agent) throws InterruptedException, ExecutionException {
        Run run = agent.start(InstantProvider.TASK);
        run.future().get();
        return run.trace();
    }

    private static double inMemory(List<List<TraceStep>> traces, int threads, int times)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long steps = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(workers.submit(() -> verified(traces, times)));
            }
            for (Future<Long> each : all) {
                steps += each.get();
            }
        }
        return steps / ((System.nanoTime() - begin) / 1e9);
    }

    private static long verified(List<List<TraceStep>> traces, int times) {
        ChainCheck check = new ChainCheck();
        long steps = 0;
        for (int i = 0; i < times; i++) {
            for (List<TraceStep> trace : traces) {
                if (!check.check(trace).intact()) {
                    throw new IllegalStateException(
                            "A trace doesn't hold: " + check.check(trace).problem());
                }
                steps += trace.size();
            }
        }
        return steps;
    }

    private static void say(String what, String figure) {
        System.out.printf("%-28s %s%n", what, figure);
    }
}
