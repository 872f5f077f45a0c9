package dev.cermin.bench;

import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Service;
import dev.cermin.flow.Topics;
import dev.cermin.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The services as separate processes at a steady load, and what memory each has resident all the while. */
public final class SoakRun {
    private static final Map<String, String> INSTANT = Map.of("cermin.models.mirror.provider", "instant");
    /** As in a container: what the launcher keeps is another command's, and would be resident whole. */
    private static final List<String> WITHOUT_CLASS_DATA = List.of(
            "-XX:-AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa"));

    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final int PROBE = 3_000;

    private final Path folder;
    private final Duration time;
    private final double rate;
    private final AtomicLong results = new AtomicLong();
    private volatile boolean over;

    /**
     * @param folder for data and logs
     * @param time of the load
     * @param rate loops a second; 0: half of what is measured first
     */
    public SoakRun(Path folder, Duration time, double rate) {
        this.folder = folder;
        this.time = time;
        this.rate = rate;
    }

    /**
     * Prints the table, and draws {@code soak.svg} beside the data's folder.
     *
     * @return whether every service's memory stayed within 5 % of its mean in the second half
     */
    public boolean run() throws IOException, InterruptedException {
        try (Cluster cluster = new Cluster(folder, 1, WITHOUT_CLASS_DATA, INSTANT);
                Producer<String, byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", 1),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            Thread follower = Thread.ofPlatform().start(() -> follow(cluster.bootstrapServers()));
            Soak soak = new Soak();
            Thread.sleep(SAMPLE.multipliedBy(4));
            sample(cluster, soak, -1);
            System.out.println("resident when idle: " + soak.firstMiB());
            double perSecond = rate > 0 ? rate : probe(producer) / 2;
            System.out.printf("%.0f loops a second for %d minutes%n", perSecond, time.toMinutes());
            load(cluster, producer, soak, perSecond);
            over = true;
            follower.join();
            System.out.println(soak.table());
            Path plot = folder.resolveSibling("soak.svg");
            Files.writeString(plot, SoakPlot.svg(soak, "Resident memory at %.0f loops a second".formatted(perSecond)));
            Files.writeString(folder.resolveSibling("soak.json"), Json.text(soak.samples()));
            System.out.println("Plot: " + plot);
            return soak.flat();
        }
    }

    /** Loops a second at a backlog. */
    private double probe(Producer<String, byte[]> producer) throws InterruptedException {
        double best = 0;
        // the first round warms up
        for (int round = 0; round < 3; round++) {
            long before = results.get();
            long begin = System.nanoTime();
            for (int i = 0; i < PROBE; i++) {
                send(producer);
            }
            while (results.get() < before + PROBE) {
                Thread.sleep(10);
            }
            best = Math.max(best, PROBE / ((System.nanoTime() - begin) / 1e9));
        }
        return best;
    }

    private void load(Cluster cluster, Producer<String, byte[]> producer, Soak soak, double perSecond)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long next = begin;
        for (long sent = 0; System.nanoTime() < end; sent++) {
            send(producer);
            long now = System.nanoTime();
            if (now >= next) {
                sample(cluster, soak, (now - begin) / 1e9);
                next += SAMPLE.toNanos();
            }
            long due = begin + (long) ((sent + 1) / perSecond * 1e9);
            if (due > now) {
                TimeUnit.NANOSECONDS.sleep(due - now);
            }
        }
    }

    private static void send(Producer<String, byte[]> producer) {
        String task = UUID.randomUUID().toString();
        byte[] value = Json.bytes(Map.of("id", task, "agent", "equations", "input", InstantProvider.TASK));
        var unused = producer.send(new ProducerRecord<>(Topics.TASKS, task, value));
    }

    private void sample(Cluster cluster, Soak soak, double second) throws IOException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (Service service : cluster.services()) {
            for (ProcessHandle process : service.processes()) {
                bytes.put(service.name(), Memory.resident(process));
            }
        }
        soak.add(second, results.get(), bytes);
    }

    private void follow(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(Topics.RESULTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            while (!over) {
                results.addAndGet(consumer.poll(Duration.ofMillis(200)).count());
            }
        }
    }
}
