package dev.cermin.faults;

import dev.cermin.flow.Messages;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Submits tasks, every second one by REST and the others on the topic, each until it is acknowledged. Thread-safe. */
final class Clients implements AutoCloseable {
    private static final String AGENT = "equations";
    // what the instant model knows the answer to
    private static final String INPUT = "x-7=0";
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int AT_ONCE = 64;

    private final URI gateway;
    private final boolean repeats;
    private final Ledger ledger;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final Producer<String, byte[]> producer;

    /** @param repeats whether a task that Kafka may have is sent again under its own id, rather than under a new one */
    Clients(URI gateway, String bootstrapServers, boolean repeats, Ledger ledger) {
        this.gateway = gateway;
        this.repeats = repeats;
        this.ledger = ledger;
        this.producer = new KafkaProducer<>(
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** How many wait for their acknowledgement. */
    int pending() {
        return pending.get();
    }

    void submit() {
        pending.incrementAndGet();
        if (number.incrementAndGet() % 2 == 0) {
            threads.execute(this::byRest);
        } else {
            threads.execute(() -> byTopic(UUID.randomUUID()));
        }
    }

    /** The same key with each attempt: what was accepted, but not told so, is not to run twice. */
    private void byRest() {
        String key = UUID.randomUUID().toString();
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/tasks"))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(Json.text(Map.of("agent", AGENT, "input", INPUT))))
                .build();
        try {
            while (!accepted(request)) {
                Thread.sleep(AGAIN);
            }
            pending.decrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepted(HttpRequest request) throws InterruptedException {
        permits.acquire();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 202) {
                ledger.refused.incrementAndGet();
                return false;
            }
            ledger.acknowledged(
                    UUID.fromString(
                            String.valueOf(Json.read(response.body(), Map.class).get("id"))),
                    true);
            return true;
        } catch (IOException e) {
            ledger.unanswered.incrementAndGet();
            return false;
        } finally {
            permits.release();
        }
    }

    /** As a producer of another team writes it: a value without headers. Its client repeats what Kafka did not take. */
    void byTopic(UUID task) {
        byte[] value = Json.bytes(Map.of("id", task, "agent", AGENT, "input", INPUT));
        var unused = producer.send(new ProducerRecord<>(Topics.TASKS, task.toString(), value), (metadata, failure) -> {
            if (failure != null) {
                ledger.unanswered.incrementAndGet();
                threads.execute(() -> byTopic(repeats ? task : UUID.randomUUID()));
                return;
            }
            ledger.acknowledged(task, false);
            pending.decrementAndGet();
        });
    }

    /** A task that is in nobody's count yet. */
    UUID announce() {
        pending.incrementAndGet();
        return UUID.randomUUID();
    }

    /** By the control topic. */
    void cancel(UUID task) {
        ledger.cancelled(task);
        send(Messages.cancel(task, "the fault run"));
    }

    /** By REST, once: whatever it answers. */
    void cancelByRest(UUID task) {
        ledger.cancelled(task);
        var unused = threads.submit(() -> http.send(
                HttpRequest.newBuilder(gateway.resolve("/api/tasks/" + task + "/cancel"))
                        .timeout(ANSWER)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding()));
    }

    /** As it is. */
    void send(ProducerRecord<String, byte[]> record) {
        var unused = producer.send(record);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }
}
