package dev.cermin.inputs;

import dev.cermin.cluster.Backlog;
import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Records;
import dev.cermin.cluster.Service;
import dev.cermin.flow.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Sends bad messages and requests, and looks what became of each, and whether good tasks run after. */
public final class InputsRun {
    private static final Duration STUCK = Duration.ofMinutes(3);
    private static final int CLIENTS = 8;
    private static final int GOOD = 12;
    // of ten inputs, so many are messages
    private static final int MESSAGES = 7;

    private final Path folder;
    private final long seed;
    private final int inputs;
    private final Consumer<String> progress;
    private final List<String> violations = new ArrayList<>();
    private final Sent sent = new Sent();

    /**
     * @param folder for data and logs; nothing may lie there
     * @param inputs in all; seven of ten are messages, the others requests
     */
    public InputsRun(Path folder, long seed, int inputs, Consumer<String> progress) {
        this.folder = folder;
        this.seed = seed;
        this.inputs = inputs;
        this.progress = progress;
    }

    public InputsReport run(List<String> jvmOptions, Map<String, String> settings)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        progress.accept("starting a gateway, 2 workers, a recorder, Kafka and Postgres");
        try (Cluster cluster = new Cluster(folder, 2, jvmOptions, settings)) {
            long begin = System.nanoTime();
            GoodTasks good = new GoodTasks(cluster);
            violations.addAll(good.run(GOOD));
            Map<TopicPartition, Long> before;
            String task;
            try (Records records = new Records(cluster.bootstrapServers())) {
                before = records.ends(Topics.DEAD_LETTERS);
                task = records.latest(Topics.RESULTS, 1).getFirst().key();
            }
            progress.accept("sending %d inputs".formatted(inputs));
            Map<String, Integer> answers = send(cluster, task);
            awaitRead(cluster);
            progress.accept("all is read; looking what became of each");
            Set<String> asideTasks = new HashSet<>();
            Map<String, Map<String, String>> letters = letters(cluster, before, asideTasks);
            List<InputsReport.Topic> topics = account(cluster, letters, asideTasks);
            violations.addAll(good.run(GOOD));
            for (Service service : cluster.services()) {
                if (service.endedByItself() > 0) {
                    violations.add("%s ended by itself %d times".formatted(service.name(), service.endedByItself()));
                }
            }
            return new InputsReport(
                    seed,
                    (System.nanoTime() - begin) / 1e9,
                    topics,
                    answers,
                    reasons(letters),
                    violations,
                    cluster.folder().toString());
        }
    }

    private Map<String, Integer> send(Cluster cluster, String task) throws InterruptedException, ExecutionException {
        int messages = inputs / 10 * MESSAGES;
        int requests = inputs - messages;
        BadRequests asked = new BadRequests(cluster.gateway().url(), task);
        List<Future<Void>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                BadMessages topics = new BadMessages(
                        cluster.bootstrapServers(), new Mutator(new Random(seed)), sent, BadMessages.topics())) {
            for (int i = 0; i < CLIENTS; i++) {
                Mutator mutator = new Mutator(new Random(seed * CLIENTS + i));
                int share = requests * (i + 1) / CLIENTS - requests * i / CLIENTS;
                clients.add(threads.submit(() -> {
                    for (int n = 0; n < share; n++) {
                        asked.send(mutator);
                    }
                    return null;
                }));
            }
            for (int i = 0; i < messages; i++) {
                topics.send();
            }
            for (Future<Void> client : clients) {
                client.get();
            }
        }
        violations.addAll(asked.wrong());
        return asked.answers();
    }

    private void awaitRead(Cluster cluster) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + STUCK.toNanos();
        List<String> before = List.of();
        while (System.nanoTime() < end) {
            List<String> unread = Backlog.unread(cluster.bootstrapServers());
            if (unread.isEmpty()) {
                return;
            }
            if (!unread.equals(before)) {
                end = System.nanoTime() + STUCK.toNanos();
                before = unread;
                progress.accept(String.join(", ", unread));
            }
            Thread.sleep(1_000);
        }
        violations.addAll(before);
    }

    /**
     * By topic and place, why each was set aside; those that were sent there by this run don't count.
     *
     * @param tasks gets those that were set aside elsewhere than where this run sent them: admission sends a task whose key
     *     isn't its id again under its id
     */
    private Map<String, Map<String, String>> letters(
            Cluster cluster, Map<TopicPartition, Long> since, Set<String> tasks) {
        Map<String, Map<String, String>> letters = new TreeMap<>();
        Set<String> ours = sent.of(Topics.DEAD_LETTERS).keySet();
        try (Records records = new Records(cluster.bootstrapServers())) {
            records.since(since, record -> {
                String place = record.partition() + "-" + record.offset();
                if (ours.contains(place)) {
                    return;
                }
                String reason = header(record, "dead-letter-reason");
                String topic = header(record, "dead-letter-topic");
                String from = header(record, "dead-letter-partition") + "-" + header(record, "dead-letter-offset");
                if (reason.isBlank() || topic.isBlank() || !from.matches("[0-9]+-[0-9]+")) {
                    violations.add(
                            "dead letter %s doesn't say why it is there and where it came from".formatted(place));
                }
                if (letters.computeIfAbsent(topic, t -> new HashMap<>()).put(from, reason) != null) {
                    violations.add("%s of %s was set aside twice".formatted(from, topic));
                }
                if (!sent.of(topic, from)) {
                    tasks.add(String.valueOf(record.key()));
                }
            });
        }
        return letters;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What was not set aside must have led to something. */
    private List<InputsReport.Topic> account(
            Cluster cluster, Map<String, Map<String, String>> letters, Set<String> asideTasks) throws SQLException {
        Set<String> ended = new HashSet<>(asideTasks);
        try (Records records = new Records(cluster.bootstrapServers())) {
            records.all(Topics.RESULTS, record -> ended.add(String.valueOf(record.key())));
            // not before its time, which may be far
            records.all(Topics.TASKS_DELAYED, record -> ended.add(String.valueOf(record.key())));
        }
        Set<String> stored = stored(cluster);
        List<InputsReport.Topic> topics = new ArrayList<>();
        for (String topic : sent.topics()) {
            Map<String, String> places = sent.of(topic);
            Map<String, String> aside = letters.getOrDefault(topic, Map.of());
            boolean ours = !topic.equals(Topics.RESULTS) && !topic.equals(Topics.DEAD_LETTERS);
            int set = 0;
            for (Map.Entry<String, String> place : places.entrySet()) {
                if (aside.containsKey(place.getKey())) {
                    set++;
                    continue;
                }
                boolean taken = topic.equals(Topics.CONTROL)
                        ? !place.getValue().isEmpty()
                        : topic.equals(Topics.TRACES)
                                ? stored.contains(place.getValue())
                                : ended.contains(place.getValue());
                if (ours && !taken) {
                    violations.add("%s of %s, of task '%s', led to nothing, and was not set aside"
                            .formatted(place.getKey(), topic, place.getValue()));
                }
            }
            topics.add(new InputsReport.Topic(topic, places.size(), set, places.size() - set));
        }
        return topics;
    }

    private static Set<String> stored(Cluster cluster) throws SQLException {
        Set<String> stored = new HashSet<>();
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select distinct task_id from step")) {
            while (row.next()) {
                stored.add(row.getString(1));
            }
        }
        return stored;
    }

    private static List<InputsReport.Reason> reasons(Map<String, Map<String, String>> letters) {
        Map<String, Integer> counts = new HashMap<>();
        letters.values()
                .forEach(places -> places.values()
                        .forEach(reason -> counts.merge(
                                reason.lines()
                                        .findFirst()
                                        .orElse("")
                                        .replaceAll("'[^']*'|\"[^\"]*\"|[0-9]+", "…")
                                        .replaceAll("^(.{120}).*", "$1 …"),
                                1,
                                Integer::sum)));
        return counts.entrySet().stream()
                .map(reason -> new InputsReport.Reason(reason.getKey(), reason.getValue()))
                .sorted(Comparator.comparingInt(InputsReport.Reason::count).reversed())
                .toList();
    }
}
