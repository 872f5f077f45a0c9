package dev.cermin.bench;

import dev.cermin.bench.TraceRun.Owner;
import dev.cermin.loop.Plan;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Writes many traces as recorders do, from the oldest on, while the application's indexer comes after them. */
final class TraceFill {
    private static final int WRITERS = 2;
    private static final int BULK = 5_000;
    private static final int SAY = 500_000;

    private final TraceStore store;
    private final Owner owner;
    private final List<Plan> plans;
    private final Instant first;
    private final Instant last;
    private final AtomicLong done = new AtomicLong();

    /**
     * @param first when the first of them was created
     * @param last when the last was
     */
    TraceFill(TraceStore store, Owner owner, List<Plan> plans, Instant first, Instant last) {
        this.store = store;
        this.owner = owner;
        this.plans = plans;
        this.first = first;
        this.last = last;
    }

    void run(long steps) throws InterruptedException, ExecutionException, SQLException {
        long begin = System.nanoTime();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int seed = i;
            writers.add(() -> write(new TraceData(seed, plans), steps));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        TraceRun.say("%,d steps written in".formatted(done.get()), seconds(begin));
        settle(owner);
        TraceRun.say("and indexed in", seconds(begin));
        for (String table : List.of("task_search", "task", "step")) {
            execute("vacuum analyze " + table);
        }
        execute("checkpoint");
    }

    private Void write(TraceData data, long steps) {
        while (done.get() < steps) {
            List<TraceStep> bulk = new ArrayList<>();
            double share = Math.min(1, (double) done.get() / steps);
            Instant at = first.plusMillis((long) (Duration.between(first, last).toMillis() * share));
            while (bulk.size() < BULK) {
                bulk.addAll(data.next(at.plusMillis(bulk.size()), false));
            }
            store.append(bulk, List.of());
            long all = done.addAndGet(bulk.size());
            if (all / SAY != (all - bulk.size()) / SAY) {
                System.err.printf(Locale.ROOT, "%,d steps%n", all);
            }
        }
        return null;
    }

    /** Till all that is stored can be searched for, and is in the log. */
    static void settle(Owner owner) throws SQLException, InterruptedException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement()) {
            boolean behind;
            do {
                Thread.sleep(100);
                try (ResultSet row = statement.executeQuery(
                        "select exists (select from task_changed)" + " or exists (select from audit_waiting)")) {
                    row.next();
                    behind = row.getBoolean(1);
                }
            } while (behind);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String seconds(long begin) {
        return "%.0f s".formatted((System.nanoTime() - begin) / 1e9);
    }
}
