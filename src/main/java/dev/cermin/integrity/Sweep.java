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
    private static final List<StepScan.Rows> END = List.of();

    private final DataSource database;
    private final int threads;
    private final BlockingQueue<List<StepScan.Rows>> queue = new LinkedBlockingQueue<>(8);
    private final AtomicLong traces = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong unfinished = new AtomicLong();
    private final AtomicLong notYet = new AtomicLong();
    private final AtomicLong erased = new AtomicLong();
    private final AtomicLong brokenCount = new AtomicLong();
    private final List<TraceVerification> broken = new ArrayList<>();

    Sweep(DataSource database, int threads) {
        this.database = database;
        this.threads = threads;
    }

    /** @param done told now and then how many traces were checked */
    SweepReport run(
            @Nullable Instant from, @Nullable Instant to, List<SignedNote> copy, List<NoteKey> keys, LongConsumer done)
            throws SQLException, InterruptedException {
        LogReport log;
        Missing missing;
        try (Connection connection = database.getConnection()) {
            log = new LogCheck(connection, keys).all(copy);
            missing = new Missing(connection, from, to);
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> {
                    work(done);
                    return null;
                }));
            }
            read(from, to, running);
            for (Future<?> each : running) {
                each.get();
            }
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

    private void read(@Nullable Instant from, @Nullable Instant to, List<Future<?>> running)
            throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // all rows are wanted, in the order of an index: to sort them anew would write them all to disk
                statement.execute("set local enable_sort = off");
                statement.execute("set local jit = off");
                try (StepScan scan = new StepScan(connection, Missing.range("created_at", from, to))) {
                    List<StepScan.Rows> batch = new ArrayList<>();
                    int size = 0;
                    for (StepScan.Rows rows = scan.next(); rows != null; rows = scan.next()) {
                        batch.add(rows);
                        size += rows.rows().size();
                        if (size >= STEPS_AT_ONCE) {
                            put(batch, running);
                            batch = new ArrayList<>();
                            size = 0;
                        }
                    }
                    if (!batch.isEmpty()) {
                        put(batch, running);
                    }
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
    private void put(List<StepScan.Rows> batch, List<Future<?>> running) throws InterruptedException {
        while (!queue.offer(batch, 1, TimeUnit.SECONDS)) {
            if (running.stream().allMatch(Future::isDone)) {
                return;
            }
        }
    }

    private void work(LongConsumer done) throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            LogTable log = new LogTable(connection);
            RowDecoder decoder = new RowDecoder();
            Inspector inspector = new Inspector();
            for (List<StepScan.Rows> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                List<UUID> ids = batch.stream().map(StepScan.Rows::task).toList();
                Map<UUID, TaskSummary> rows = log.tasks(ids);
                Map<UUID, List<ErasureRecord>> erasures = log.erasures(ids);
                Map<UUID, List<Evidence.Leaf>> leaves = log.leaves(ids);
                for (StepScan.Rows each : batch) {
                    List<StoredStep> stored = new ArrayList<>(each.rows().size());
                    each.rows().forEach(row -> stored.add(decoder.decode(row.bytes(), row.offset())));
                    count(inspector.inspect(new Evidence(
                            each.task(),
                            stored,
                            rows.get(each.task()),
                            erasures.getOrDefault(each.task(), List.of()),
                            leaves.getOrDefault(each.task(), List.of()))));
                }
                done.accept(batch.size());
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
