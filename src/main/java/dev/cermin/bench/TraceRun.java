package dev.cermin.bench;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Plan;
import dev.cermin.search.PageKey;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
import dev.cermin.search.TraceRow;
import dev.cermin.search.Traces;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** How fast traces are written and found among many, printed as it goes. Its data is made up, and stays. */
public final class TraceRun {
    /** What a page and a search may take, of 100 the slowest but one. */
    public static final Duration PAGE = Duration.ofMillis(50);

    /** The same of the data of a trace's page. */
    public static final Duration TRACE = Duration.ofMillis(10);

    private static final int BATCH = 500;
    private static final int WARM_UP = 30;
    private static final Duration OVER = Duration.ofDays(30);

    private final Traces traces;
    private final TraceStore store;
    private final Owner owner;
    private final List<Plan> plans = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Instant now = Instant.now();

    /** Connections of the tables' owner. */
    @FunctionalInterface
    public interface Owner {
        Connection connection() throws SQLException;
    }

    public TraceRun(Traces traces, TraceStore store, Owner owner, AgentDefinition base) {
        this.traces = traces;
        this.store = store;
        this.owner = owner;
        for (int i = 1; i <= 20; i++) {
            plans.add(new AgentDefinition(
                            "agent-" + i,
                            String.valueOf(1 + i % 3),
                            base.description(),
                            base.answers(),
                            base.models(),
                            base.prompts(),
                            base.sampling(),
                            base.verifiers(),
                            base.critics(),
                            base.tools(),
                            base.policy())
                    .plan());
        }
    }

    /**
     * A figure beside what it is to keep to.
     *
     * @param most it may be; at least where that is what {@code least} says
     */
    public record Figure(String name, double value, double most, boolean least) {
        public boolean kept() {
            return least ? value >= most : value <= most;
        }
    }

    /**
     * The whole run.
     *
     * @param steps to search among
     * @param queries of each kind
     * @param writes steps that are written before and after, to compare
     */
    public List<Figure> run(long steps, int queries, int writes)
            throws SQLException, InterruptedException, ExecutionException {
        List<Figure> figures = new ArrayList<>();
        long there = stored();
        for (int i = 0; i < 3; i++) {
            ingestion(writes); // till the compiler is through
        }
        double empty = ingestion(writes);
        TraceFill.settle(owner);
        say("steps written a second, at first", "%.0f".formatted(empty));
        if (steps > there) {
            new TraceFill(store, owner, plans, now.minus(OVER), now).run(steps - there);
        }
        double full = ingestion(writes);
        TraceFill.settle(owner);
        say("steps written a second, full", "%.0f".formatted(full));
        if (there == 0) {
            figures.add(new Figure("written full / empty", full / empty, 0.9, true));
        }
        kinds().forEach((name, query) -> figures.add(time(name, queries, PAGE, query)));
        List<TraceRow> some = someRows();
        figures.add(time("a trace's data", queries, TRACE, () -> {
            TraceRow row = some.get(random.nextInt(some.size()));
            store.task(row.id());
            return store.steps(row.id(), 0).size();
        }));
        for (int days : new int[] {1, 7, 30}) {
            TraceFilter filter = filter("from", now.minus(Duration.ofDays(days)).toString());
            time(
                    "figures of %d days".formatted(days),
                    3,
                    PAGE,
                    () -> traces.statistics(filter).total().traces());
        }
        say("written full / at first", "%.2f".formatted(full / empty));
        say("on disk", size());
        return figures;
    }

    /** Of an earlier run. */
    private long stored() throws SQLException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(sum(steps), 0) from task")) {
            row.next();
            return row.getLong(1);
        }
    }

    private double ingestion(int steps) {
        TraceData data = new TraceData(random.nextLong(), plans);
        long written = 0;
        long took = 0;
        while (written < steps) {
            List<TraceStep> batch = new ArrayList<>();
            while (batch.size() < BATCH) {
                batch.addAll(data.next(now.plusMillis(written), true));
            }
            long begin = System.nanoTime();
            store.append(batch, List.of());
            took += System.nanoTime() - begin;
            written += batch.size();
        }
        return written / (took / 1e9);
    }

    /** What people ask for, by name. */
    private Map<String, Supplier<Integer>> kinds() {
        Map<String, Supplier<Integer>> kinds = new LinkedHashMap<>();
        kinds.put("page", () -> page(TraceFilter.ANY, false));
        kinds.put("page, deep", () -> page(TraceFilter.ANY, true));
        kinds.put("page of an agent", () -> page(filter("agent", one("agent", 20)), false));
        kinds.put("page of three filters", () -> page(threeFilters(), false));
        kinds.put("page of three filters, deep", () -> page(threeFilters(), true));
        kinds.put("page of ranges", () -> page(ranges(), false));
        kinds.put("page of unfinished", () -> page(filter("unfinished", "true", "agent", one("agent", 20)), false));
        kinds.put("common word", () -> page(filter("text", word(1, 100)), false));
        kinds.put("common word, deep", () -> page(filter("text", word(1, 100)), true));
        kinds.put("word", () -> page(filter("text", word(100, 5_000)), false));
        kinds.put("rare word", () -> page(filter("text", word(50_000, Words.ALL)), false));
        kinds.put("word that is nowhere", () -> page(filter("text", "nowhere" + random.nextInt(1000)), false));
        kinds.put("two words", () -> page(filter("text", word(1, 500) + " " + word(100, 5_000)), false));
        kinds.put("phrase", () -> page(filter("text", "\"" + word(1, 30) + " " + word(1, 300) + "\""), false));
        kinds.put(
                "common word and filters",
                () -> page(filter("text", word(1, 100), "agent", one("agent", 20), "accepted", "false"), false));
        kinds.put(
                "word and a rare filter",
                () -> page(
                        filter("text", word(1, 2_000), "stopReason", "oscillation", "tenant", one("tenant", 40)),
                        false));
        return kinds;
    }

    private TraceFilter threeFilters() {
        return filter(
                "tenant",
                one("tenant", 40),
                "model",
                one("model", 8),
                "stopReason",
                random.nextBoolean() ? "no_progress" : "accepted");
    }

    private TraceFilter ranges() {
        return switch (random.nextInt(3)) {
            case 0 -> filter("minScore", "0.2", "maxScore", "0.23", "accepted", "true");
            case 1 -> filter("minRounds", "3", "agent", one("agent", 20));
            default -> filter("minCost", "0.003", "tenant", one("tenant", 40));
        };
    }

    private String one(String name, int all) {
        return name + "-" + TraceData.frequent(random, all);
    }

    private String word(int from, int to) {
        return Words.word(random.nextInt(from, to));
    }

    private static TraceFilter filter(String... parameters) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return TraceFilter.of(all);
    }

    private int page(TraceFilter filter, boolean deep) {
        Instant before = now.minusMillis((long) (random.nextDouble() * OVER.toMillis()));
        TracePage page = traces.page(filter, deep ? new PageKey(before, UUID.randomUUID()) : null, 25);
        cut += page.searchedTo() == null ? 0 : 1;
        return page.rows().size();
    }

    private int cut;

    private List<TraceRow> someRows() {
        List<TraceRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant before = now.minusMillis((long) (random.nextDouble() * OVER.toMillis()));
            rows.addAll(traces.page(TraceFilter.ANY, new PageKey(before, UUID.randomUUID()), 100)
                    .rows());
        }
        return rows;
    }

    @SuppressWarnings("ReturnValueIgnored") // of those that warm up
    private Figure time(String name, int queries, Duration most, Supplier<? extends Number> query) {
        cut = 0;
        for (int i = 0; i < Math.min(WARM_UP, queries); i++) {
            query.get();
        }
        cut = 0;
        double[] millis = new double[queries];
        long rows = 0;
        for (int i = 0; i < queries; i++) {
            long begin = System.nanoTime();
            rows += query.get().longValue();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        double p99 = millis[(int) Math.ceil(0.99 * queries) - 1];
        say(
                name,
                "p50 %.1f ms, p99 %.1f ms, most %.1f ms; %.1f rows%s"
                        .formatted(
                                millis[queries / 2],
                                p99,
                                millis[queries - 1],
                                (double) rows / queries,
                                cut > 0 ? "; %d cut short".formatted(cut) : ""));
        return new Figure(name, p99, most.toMillis(), false);
    }

    private String size() throws SQLException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_size_pretty(pg_database_size(current_database())),"
                        + " pg_size_pretty(pg_relation_size('task_search_terms')),"
                        + " pg_size_pretty(pg_total_relation_size('task_search')),"
                        + " pg_size_pretty(pg_total_relation_size('task'))")) {
            row.next();
            return "%s; the index of terms %s, with its rows %s; tasks %s"
                    .formatted(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        }
    }

    static void say(String name, String value) {
        System.out.printf(Locale.ROOT, "%-32s %s%n", name, value);
    }
}
