package dev.cermin.bench;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.Topics;
import dev.cermin.loop.Role;
import dev.cermin.loop.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Sends tasks and times each from its submission to its result, as a client on the results topic sees it. */
final class Load implements AutoCloseable {
    private final Submissions submissions;
    private final AgentDefinition agent;
    private final KafkaConsumer<String, byte[]> results;
    private final Map<UUID, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, String> metadata;

    /**
     * What a run came to.
     *
     * @param seconds from the first submission to the last result
     * @param millis of each loop, sorted
     */
    record Result(double seconds, List<Double> millis) {
        double perSecond() {
            return millis.size() / seconds;
        }

        double percentile(double p) {
            return millis.get((int) Math.ceil(p / 100 * millis.size()) - 1);
        }
    }

    Load(Submissions submissions, AgentDefinition equations, String bootstrapServers) {
        this(submissions, equations, bootstrapServers, 0);
    }

    /** @param padding characters that each task carries along beside what it needs */
    Load(Submissions submissions, AgentDefinition equations, String bootstrapServers, int padding) {
        this.metadata = padding == 0 ? Map.of() : Map.of("padding", noise(padding));
        this.submissions = submissions;
        this.agent = onInstantModel(equations);
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        this.results = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = results.partitionsFor(Topics.RESULTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        results.assign(partitions);
        results.seekToEnd(partitions);
        partitions.forEach(results::position);
    }

    /** Nothing that compression would make small. */
    private static String noise(int characters) {
        byte[] bytes = new byte[characters * 3 / 4];
        new Random(7).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static AgentDefinition onInstantModel(AgentDefinition equations) {
        return new AgentDefinition(
                "bench",
                equations.version(),
                equations.description(),
                equations.answers(),
                Map.of(Role.GENERATE, InstantProvider.NAME, Role.CORRECT, InstantProvider.NAME),
                equations.prompts(),
                equations.sampling(),
                equations.verifiers(),
                equations.critics().stream()
                        .map(c -> new AgentDefinition.Critic(c.name(), InstantProvider.NAME, c.prompt(), c.reads()))
                        .toList(),
                equations.tools(),
                equations.policy());
    }

    /** @param inFlight tasks under way at once; as many as loops makes a backlog */
    Result run(int loops, int inFlight) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        List<Double> millis = new ArrayList<>(loops);
        long begin = System.nanoTime();
        Thread sender = Thread.ofVirtual().start(() -> send(loops, permits));
        while (millis.size() < loops) {
            for (ConsumerRecord<String, byte[]> record : results.poll(Duration.ofMillis(100))) {
                Long at = sent.remove(UUID.fromString(record.key()));
                if (at != null) {
                    millis.add((System.nanoTime() - at) / 1e6);
                    permits.release();
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        sender.join();
        return new Result(seconds, millis.stream().sorted().toList());
    }

    private void send(int loops, Semaphore permits) {
        for (int i = 0; i < loops; i++) {
            permits.acquireUninterruptibly();
            Task task = new Task(
                    UUID.randomUUID(),
                    agent.name(),
                    InstantProvider.TASK,
                    metadata,
                    Task.DEFAULT_TENANT,
                    0,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    null);
            sent.put(task.id(), System.nanoTime());
            submissions.submit(task, agent).subscribe().with(done -> {}, failed -> permits.release());
        }
    }

    @Override
    public void close() {
        results.close();
    }
}
