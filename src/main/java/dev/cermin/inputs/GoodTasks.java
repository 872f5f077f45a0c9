package dev.cermin.inputs;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Records;
import dev.cermin.flow.Messages;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Tasks as they should be, over all partitions, and whether each comes to its end. Not thread-safe. */
final class GoodTasks {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, String> TASK = Map.of("agent", "equations", "input", "x-7=0");

    private final Cluster cluster;
    private final HttpClient http = HttpClient.newHttpClient();

    GoodTasks(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Submits so many each way, and one that is cancelled before; returns what is wrong with how they ended. */
    List<String> run(int each) throws IOException, InterruptedException, ExecutionException {
        Map<UUID, StopReason> expected = new HashMap<>();
        for (int i = 0; i < each; i++) {
            expected.put(byRest(), StopReason.ACCEPTED);
        }
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            UUID cancelled = UUID.randomUUID();
            producer.send(Messages.cancel(cancelled, "the bad-input run")).get();
            // it is told to each worker on its own
            Thread.sleep(2_000);
            byTopic(producer, cancelled);
            expected.put(cancelled, StopReason.CANCELLED);
            for (int i = 0; i < each; i++) {
                UUID task = UUID.randomUUID();
                byTopic(producer, task);
                expected.put(task, StopReason.ACCEPTED);
            }
        }
        return ends(expected);
    }

    private static void byTopic(Producer<String, byte[]> producer, UUID task)
            throws InterruptedException, ExecutionException {
        Map<String, Object> value = new HashMap<>(TASK);
        value.put("id", task);
        producer.send(new ProducerRecord<>(Topics.TASKS, task.toString(), Json.bytes(value)))
                .get();
    }

    private UUID byRest() throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(cluster.gateway().url().resolve("/api/tasks"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.text(TASK)))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 202) {
            throw new IllegalStateException(
                    "A good task is answered with %d: %s".formatted(response.statusCode(), response.body()));
        }
        return UUID.fromString(
                String.valueOf(Json.read(response.body(), Map.class).get("id")));
    }

    private List<String> ends(Map<UUID, StopReason> expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<UUID, List<StopReason>> found = results();
        while (!found.keySet().containsAll(expected.keySet()) && System.nanoTime() < end) {
            Thread.sleep(500);
            found = results();
        }
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<UUID, StopReason> task : expected.entrySet()) {
            List<StopReason> ends = found.getOrDefault(task.getKey(), List.of());
            if (!ends.equals(List.of(task.getValue()))) {
                wrong.add("good task %s ended as %s; expected was once %s"
                        .formatted(task.getKey(), ends, task.getValue()));
            }
            String broken = trace(task.getKey());
            if (broken != null) {
                wrong.add("good task %s: %s".formatted(task.getKey(), broken));
            }
        }
        return wrong;
    }

    private Map<UUID, List<StopReason>> results() {
        Map<UUID, List<StopReason>> results = new HashMap<>();
        try (Records records = new Records(cluster.bootstrapServers())) {
            records.all(Topics.RESULTS, record -> {
                try {
                    Outcome outcome = Json.read(record.value() == null ? new byte[0] : record.value(), Outcome.class);
                    results.computeIfAbsent(outcome.taskId(), task -> new ArrayList<>())
                            .add(outcome.stop().reason());
                } catch (JsonException | NullPointerException e) {
                    // one of the bad ones
                    results.remove(null);
                }
            });
        }
        return results;
    }

    /** What is wrong with a trace once it is stored; null where nothing is. */
    private @Nullable String trace(UUID task) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String problem = "it has no trace";
        while (System.nanoTime() < end) {
            HttpResponse<String> trace = http.send(
                    HttpRequest.newBuilder(cluster.gateway().url().resolve("/api/tasks/" + task + "/trace"))
                            .build(),
                    BodyHandlers.ofString());
            if (trace.statusCode() == 200) {
                List<TraceStep> steps = Json.read(trace.body(), new TypeReference<>() {});
                Verification chain = Chain.verify(steps);
                if (chain.complete()) {
                    return chain.intact() ? null : chain.problem();
                }
                problem = chain.intact() ? "its trace has no end" : chain.problem();
            }
            Thread.sleep(500);
        }
        return problem;
    }
}
