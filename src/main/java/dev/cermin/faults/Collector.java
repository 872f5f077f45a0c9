package dev.cermin.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.cluster.Backlog;
import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Records;
import dev.cermin.faults.Evidence.Letter;
import dev.cermin.faults.Evidence.Result;
import dev.cermin.faults.Evidence.Row;
import dev.cermin.faults.Evidence.Stored;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Gathers the evidence: from the topics as a reader of committed messages, from Postgres, and from the gateway. */
final class Collector {
    private static final int AT_ONCE = 4;
    private static final String ROWS = """
            select t.id, t.stop_reason, t.steps, count(s.number), t.calls, count(s.model),
                   t.tokens_in, coalesce(sum(s.tokens_in), 0), t.tokens_out, coalesce(sum(s.tokens_out), 0),
                   t.head = (array_agg(s.hash order by s.number desc))[1]
            from task t left join step s on s.task_id = t.id group by t.id
            """;

    private final Cluster cluster;
    private final HttpClient http = HttpClient.newHttpClient();

    Collector(Cluster cluster) {
        this.cluster = cluster;
    }

    Evidence collect(Set<UUID> acknowledged, Set<UUID> cancelled)
            throws SQLException, InterruptedException, ExecutionException {
        Map<UUID, List<Result>> results = new HashMap<>();
        Map<UUID, Map<Integer, Map<String, Integer>>> published = new HashMap<>();
        List<Letter> letters = new ArrayList<>();
        try (Records records = new Records(cluster.bootstrapServers())) {
            records.all(Topics.RESULTS, record -> {
                Outcome outcome = Json.read(record.value(), Outcome.class);
                results.computeIfAbsent(outcome.taskId(), task -> new ArrayList<>(1))
                        .add(new Result(
                                outcome.stop(),
                                outcome.answer().orElse(null),
                                Instant.ofEpochMilli(record.timestamp())));
            });
            records.all(Topics.TRACES, record -> {
                TraceStep step = Json.read(record.value(), TraceStep.class);
                published
                        .computeIfAbsent(step.taskId(), task -> new HashMap<>())
                        .computeIfAbsent(step.number(), number -> new HashMap<>(2))
                        .merge(step.hash(), 1, Integer::sum);
            });
            records.all(Topics.DEAD_LETTERS, record -> letters.add(letter(record)));
        }
        Map<UUID, Row> rows = rows();
        Set<UUID> all = new HashSet<>(acknowledged);
        all.addAll(rows.keySet());
        return new Evidence(
                acknowledged,
                cancelled,
                results,
                published,
                stored(all),
                rows,
                Backlog.unread(cluster.bootstrapServers()),
                letters);
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        return new Letter(
                record.partition() + "-" + record.offset(),
                record.key(),
                header(record, "dead-letter-reason"),
                header(record, "dead-letter-topic"),
                header(record, "dead-letter-partition"),
                header(record, "dead-letter-offset"));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private Map<UUID, Row> rows() throws SQLException {
        Map<UUID, Row> rows = new HashMap<>();
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                List<String> faults = new ArrayList<>();
                List<String> totals = List.of("steps", "calls", "tokens in", "tokens out");
                for (int i = 0; i < totals.size(); i++) {
                    long told = row.getLong(3 + 2 * i);
                    long counted = row.getLong(4 + 2 * i);
                    if (told != counted) {
                        faults.add("its row has %d %s, its steps have %d".formatted(told, totals.get(i), counted));
                    }
                }
                if (!row.getBoolean(11)) {
                    faults.add("its row's head is not its last step's hash");
                }
                rows.put(row.getObject(1, UUID.class), new Row(row.getString(2), String.join("; ", faults)));
            }
        }
        return rows;
    }

    private Map<UUID, Stored> stored(Set<UUID> tasks) throws InterruptedException, ExecutionException {
        Map<UUID, Stored> stored = new ConcurrentHashMap<>();
        List<Callable<Void>> reads = new ArrayList<>();
        for (UUID task : tasks) {
            reads.add(() -> {
                List<TraceStep> steps = trace(task);
                if (!steps.isEmpty()) {
                    stored.put(task, verified(steps));
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Void> read : threads.invokeAll(reads)) {
                read.get();
            }
        }
        return stored;
    }

    private static Stored verified(List<TraceStep> steps) {
        Verification chain = Chain.verify(steps);
        String problem = chain.intact() && !chain.complete() ? "it is unfinished" : chain.problem();
        Instant deadline = chain.intact() ? Replay.state(steps).deadline() : null;
        return new Stored(steps.size(), chain.head(), problem, deadline);
    }

    private List<TraceStep> trace(UUID task) throws IOException, InterruptedException {
        HttpResponse<String> trace = http.send(
                HttpRequest.newBuilder(cluster.gateway().url().resolve("/api/tasks/" + task + "/trace"))
                        .build(),
                BodyHandlers.ofString());
        return trace.statusCode() == 200 ? Json.read(trace.body(), new TypeReference<>() {}) : List.of();
    }

    /** How many tasks Postgres has as open. */
    int open() throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from task where stop_reason is null")) {
            return count.next() ? count.getInt(1) : 0;
        }
    }
}
