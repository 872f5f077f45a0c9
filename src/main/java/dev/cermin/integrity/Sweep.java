package dev.cermin.integrity;

import dev.cermin.audit.NoteKey;
import dev.cermin.audit.SignedNote;
import dev.cermin.integrity.TraceVerification.Logged;
import dev.cermin.store.TaskSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Checks all traces, or those of a time: one thread reads rows in the order of their tasks, others check them. To be run
 * once.
 */
final class Sweep {
    private static final int STEPS_AT_ONCE = 2_000;
    private static final int BROKEN_SHOWN = 1_000;
    private static final UUID FIRST = new UUID(0, 0);
    private static final Batch END = new Batch(new UUID(-1, -1), FIRST, List.of());

    private final DataSource database;
    private final int threads;
    private final BlockingQueue<Batch> queue = new LinkedBlockingQueue<>(8);
    private final AtomicLong traces = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong unfinished = new AtomicLong();
    private final AtomicLong notYet = new AtomicLong();
    private final AtomicLong erased = new AtomicLong();
    private final AtomicLong brokenCount = new AtomicLong();
    private final List<TraceVerification> broken = new ArrayList<>();

    /**
     * Tasks in the order of their ids.
     *
     * @param first id that may lie between the batch before and this one
     * @param before the first of the batch behind it; null for the last
     */
    private record Batch(UUID first, @Nullable UUID before, List<StepScan.Rows> tasks) {}

    Sweep(DataSource database, int threads) {
        this.database = database;
        this.threads = threads;
    }

    /** @param done told now and then how many traces were checked */
    SweepReport run(
            @Nullable Instant from, @Nullable Instant to, List<SignedNote> copy, List<NoteKey> keys, LongConsumer done)
            throws SQLException, InterruptedException {
        LogReport log;
        Missing missing = new Missing(from, to);
        ExecutorService workers = Executors.newFixedThreadPool(threads + 1);
        try {
            Future<LogReport> logged = workers.submit(() -> {
                try (Connection connection = database.getConnection()) {
                    return new LogCheck(connection, keys).all(copy);
                }
            });
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> {
                    work(missing, done);
                    return null;
                }));
            }
            read(missing.created(), running);
            for (Future<?> each : running) {
                each.get();
            }
            log = logged.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new IllegalStateException("Traces can't be checked: " + e.getCause(), e);
        } finally {
            workers.shutdownNow();
        }
        return new SweepReport(
                traces.get(),
                steps.get(),
                unfinished.get(),
                notYet.get(),
                erased.get(),
                broken,
                brokenCount.get(),
                missing.tasks(),
                missing.dropped(),
                log);
    }

    private void read(String created, List<Future<?>> running) throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // all rows are wanted, in the order of an index: to sort them anew would write them all to disk
                statement.execute("set local enable_sort = off");
                statement.execute("set local jit = off");
                try (StepScan scan = new StepScan(connection, created)) {
                    List<StepScan.Rows> tasks = new ArrayList<>();
                    UUID first = FIRST;
                    int size = 0;
                    for (StepScan.Rows rows = scan.next(); rows != null; rows = scan.next()) {
                        if (size >= STEPS_AT_ONCE) {
                            put(new Batch(first, rows.task(), tasks), running);
                            tasks = new ArrayList<>();
                            first = rows.task();
                            size = 0;
                        }
                        tasks.add(rows);
                        size += rows.rows().size();
                    }
                    put(new Batch(first, null, tasks), running);
                }
            } finally {
                for (int i = 0; i < threads; i++) {
                    put(END, running);
                }
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Not for ever where nobody takes it any more. */
    private void put(Batch batch, List<Future<?>> running) throws InterruptedException {
        while (!queue.offer(batch, 1, TimeUnit.SECONDS)) {
            if (running.stream().allMatch(Future::isDone)) {
                return;
            }
        }
    }

    private void work(Missing missing, LongConsumer done) throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            LogTable log = new LogTable(connection);
            RowDecoder decoder = new RowDecoder();
            Inspector inspector = new Inspector();
            for (Batch batch = queue.take(); !batch.equals(END); batch = queue.take()) {
                Which which = Which.from(batch.first(), batch.before());
                Map<UUID, TaskSummary> rows = log.tasks(which, missing.created());
                Map<UUID, List<ErasureRecord>> erasures = log.erasures(which);
                Map<UUID, List<Evidence.Leaf>> leaves = log.leaves(which, missing.logged());
                missing.look(
                        connection,
                        batch.tasks().stream().map(StepScan.Rows::task).toList(),
                        rows,
                        leaves);
                for (StepScan.Rows each : batch.tasks()) {
                    List<StoredStep> stored = new ArrayList<>(each.rows().size());
                    each.rows().forEach(row -> stored.add(decoder.decode(row.bytes(), row.offset())));
                    TraceVerification found = inspector.inspect(new Evidence(
                            each.task(),
                            stored,
                            rows.get(each.task()),
                            erasures.getOrDefault(each.task(), List.of()),
                            leaves.getOrDefault(each.task(), List.of())));
                    // it may have moved on since its steps were read
                    count(found.intact() ? found : inspector.inspect(TraceVerifier.evidence(connection, each.task())));
                }
                done.accept(batch.tasks().size());
            }
        }
    }

    private void count(TraceVerification found) {
        traces.incrementAndGet();
        steps.addAndGet(found.steps());
        erased.addAndGet(found.erased().size());
        if (!found.intact()) {
            brokenCount.incrementAndGet();
            synchronized (broken) {
                if (broken.size() < BROKEN_SHOWN) {
                    broken.add(found);
                }
            }
        } else if (!found.complete()) {
            unfinished.incrementAndGet();
        } else if (found.logged() == Logged.NOT_YET) {
            notYet.incrementAndGet();
        }
    }
}
