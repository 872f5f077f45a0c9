package dev.cermin.bench;

import dev.cermin.agent.Agents;
import dev.cermin.flow.Submissions;
import dev.cermin.json.Json;
import dev.cermin.store.OwnerAccess;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/** The whole run, printed as it goes. */
public final class LoadRun {
    /** Till the compiler is through with what runs often; it took half of the processors' time otherwise. */
    private static final int MOST_WARM_UP = 10_000;

    private static final int IDLE_LOOPS = 300;

    private final Submissions submissions;
    private final Agents agents;
    private final TraceStore store;
    private final DataSource database;
    private final OwnerAccess owner;
    private final String bootstrapServers;

    public LoadRun(
            Submissions submissions,
            Agents agents,
            TraceStore store,
            DataSource database,
            OwnerAccess owner,
            String bootstrapServers) {
        this.submissions = submissions;
        this.agents = agents;
        this.store = store;
        this.database = database;
        this.owner = owner;
        this.bootstrapServers = bootstrapServers;
    }

    /** @param loops for each throughput figure */
    public void run(int loops) throws InterruptedException, ExecutionException, SQLException {
        try (Load load = new Load(submissions, agents.named("equations"), bootstrapServers)) {
            load.run(Math.min(MOST_WARM_UP, 2 * loops), 256);
            awaitStored();
            Load.Result idle = load.run(IDLE_LOOPS, 1);
            say(
                    "one loop on an idle system",
                    "p50 %.1f ms, p99 %.1f ms".formatted(idle.percentile(50), idle.percentile(99)));
            Load.Result some = load.run(loops, 32);
            say("loops, 32 in flight", "%.0f loops/s, p99 %.0f ms".formatted(some.perSecond(), some.percentile(99)));
            awaitStored();
            long postgres = backend();
            Cpu before = Cpu.now(postgres);
            long begin = System.nanoTime();
            Load.Result backlog = load.run(loops, loops);
            say("loops, all at once", "%.0f loops/s".formatted(backlog.perSecond()));
            awaitStored();
            say("the same until all is stored", "%.0f loops/s".formatted(loops / ((System.nanoTime() - begin) / 1e9)));
            say("processor time of one loop", Cpu.now(postgres).perLoop(before, loops));
        }
        raw(loops);
        Memory.ofStack(backend())
                .ifPresent(bytes -> say("resident memory of the stack", "%.0f MiB".formatted(bytes / 1048576.0)));
    }

    /**
     * One backlog alone, told as lines {@code figure NAME VALUE}: {@code backlog}, loops a second, and {@code stored}, the same
     * till all steps are in Postgres.
     *
     * @param padding characters that each task carries along
     */
    public void backlog(int loops, int padding) throws InterruptedException {
        try (Load load = new Load(submissions, agents.named("equations"), bootstrapServers, padding)) {
            load.run(Math.min(MOST_WARM_UP, loops), 64);
            awaitStored();
            long begin = System.nanoTime();
            Load.Result backlog = load.run(loops, loops);
            awaitStored();
            double stored = loops / ((System.nanoTime() - begin) / 1e9);
            System.out.printf(Locale.ROOT, "figure backlog %.3f%nfigure stored %.3f%n", backlog.perSecond(), stored);
        }
    }

    private void raw(int loops) throws InterruptedException, ExecutionException, SQLException {
        TaskSummary last = store.latest(1).getFirst();
        List<TraceStep> steps = store.steps(last.id(), 0);
        List<String> rows = steps.stream().map(Json::text).toList();
        int bytes = rows.stream().mapToInt(String::length).sum() / rows.size();
        say("a loop", "%d steps stored, %d bytes each as JSON".formatted(rows.size(), bytes));
        double messages = new RawKafka(bootstrapServers, 2 * bytes).messagesPerSecond(loops * 10);
        say("raw Kafka, plain client, acks=all", "%.0f messages/s of %d bytes".formatted(messages, 2 * bytes));
        RawPostgres postgres = new RawPostgres(owner);
        StoreRun recorder = new StoreRun(store);
        // once each before it counts
        postgres.rowsPerSecond(steps, loops);
        recorder.rowsPerSecond(steps, loops);
        double inserted = postgres.rowsPerSecond(steps, loops * rows.size());
        say(
                "raw Postgres, multi-row inserts of these rows",
                "%.0f rows/s, or %.0f loops/s".formatted(inserted, inserted / rows.size()));
        double recorded = recorder.rowsPerSecond(steps, loops * rows.size());
        say(
                "the recorder's inserts by themselves",
                "%.0f rows/s, %.2f of the raw ones".formatted(recorded, recorded / inserted));
        double texts = postgres.textsPerSecond(rows, loops * rows.size());
        say(
                "raw Postgres, each of these rows as one text",
                "%.0f rows/s; the recorder's are %.2f of that".formatted(texts, recorded / texts));
    }

    private long backend() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
            return pid.next() ? pid.getLong(1) : 0;
        }
    }

    /** The recorder is behind the results; the next figure begins when it is not. */
    private void awaitStored() throws InterruptedException {
        while (!store.unfinished(1).isEmpty() || !quiet()) {
            Thread.sleep(20);
        }
    }

    private boolean quiet() throws InterruptedException {
        long before = count();
        Thread.sleep(100);
        return count() == before;
    }

    private long count() {
        return store.stepsStored();
    }

    private static void say(String what, String figure) {
        System.out.printf("%-36s %s%n", what, figure);
    }
}
