package dev.cermin.peers;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A loop of four hops by the plain clients, with messages and rows of the sizes that Cermin's have, and no agent in it:
 * what a way to carry it exactly once costs by itself. Each hop is one thread, as is each lane of Cermin's.
 */
abstract class Prototype {
    static final String RESULTS = "peer.results";
    static final String TRACES = "peer.traces";
    static final int HOPS = 4;
    private static final int PARTITIONS = 4;

    final Server server;
    final Sizes sizes;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * What a loop is made of.
     *
     * @param rows stored by a loop, spread over its hops
     * @param rowBytes of each
     * @param stateBytes of each message that carries the loop on
     */
    record Sizes(int rows, int rowBytes, int stateBytes) {
        String row() {
            return "x".repeat(rowBytes);
        }

        byte[] state() {
            return "x".repeat(stateBytes).getBytes(StandardCharsets.US_ASCII);
        }

        /** The numbers of the steps of a hop. */
        IntStream steps(int hop) {
            return IntStream.range(hop * rows / HOPS, (hop + 1) * rows / HOPS);
        }
    }

    /** Work that fails as Kafka and Postgres do. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException, ExecutionException, InterruptedException;
    }

    Prototype(Server server, Sizes sizes) {
        this.server = server;
        this.sizes = sizes;
    }

    static String topic(int hop) {
        return hop == HOPS ? RESULTS : "peer.hop" + hop;
    }

    void start() throws SQLException, ExecutionException, InterruptedException {
        Rows.create(server);
        try (Admin admin = Admin.create(client())) {
            List<String> names = new ArrayList<>(
                    IntStream.rangeClosed(0, HOPS).mapToObj(Prototype::topic).toList());
            names.add(TRACES);
            List<String> there = admin.listTopics().names().get().stream()
                    .filter(names::contains)
                    .toList();
            admin.deleteTopics(there).all().get();
            while (admin.listTopics().names().get().stream().anyMatch(names::contains)) {
                Thread.sleep(50);
            }
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
            prepare(admin);
        }
        IntStream.range(0, HOPS).forEach(this::serve);
    }

    void prepare(Admin admin) throws ExecutionException, InterruptedException {}

    /** Starts what serves a hop. */
    abstract void serve(int hop);

    boolean stopping() {
        return stopping;
    }

    /** Work of one thread, till the end; a failure ends all. */
    void thread(String name, Step work) {
        threads.add(Thread.ofPlatform().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptException | InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }));
    }

    Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", server.bootstrapServers()));
    }

    Map<String, Object> reader(String group) {
        Map<String, Object> settings = client();
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    /** @param more beyond what all have */
    Producer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = client();
        settings.putAll(Map.of("acks", "all", "linger.ms", 0, "compression.type", "lz4", "retry.backoff.ms", 2));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void measure(int loops) throws SQLException, InterruptedException {
        try (KafkaConsumer<String, byte[]> results = consumer(reader("peer-bench"));
                Producer<String, byte[]> tasks = producer(Map.of());
                Rows rows = new Rows(server)) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(RESULTS, partition))
                    .toList();
            results.assign(all);
            results.seekToBeginning(all);
            long stored = run(tasks, results, rows, loops / 2, 64, 0).stored();
            Run idle = run(tasks, results, rows, 200, 1, stored);
            Figures.tell(Figures.IDLE, idle.median());
            Run some = run(tasks, results, rows, loops, 32, idle.stored());
            Figures.tell(Figures.IN_FLIGHT, some.perSecond());
            Run backlog = run(tasks, results, rows, loops, loops, some.stored());
            Figures.tell(Figures.BACKLOG, backlog.perSecond());
            Figures.tell(Figures.STORED, backlog.storedPerSecond());
        }
    }

    /** @param stored rows in all, when it ended */
    private record Run(List<Double> millis, double seconds, double storedSeconds, long stored) {
        double perSecond() {
            return millis.size() / seconds;
        }

        double storedPerSecond() {
            return millis.size() / storedSeconds;
        }

        double median() {
            return millis.stream().sorted().toList().get(millis.size() / 2);
        }
    }

    private Run run(
            Producer<String, byte[]> tasks,
            KafkaConsumer<String, byte[]> results,
            Rows rows,
            int loops,
            int inFlight,
            long before)
            throws SQLException, InterruptedException {
        Map<String, Long> sent = new ConcurrentHashMap<>();
        Semaphore permits = new Semaphore(inFlight);
        List<Double> millis = new ArrayList<>();
        long begin = System.nanoTime();
        Thread sender = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < loops; i++) {
                permits.acquireUninterruptibly();
                String task = UUID.randomUUID().toString();
                sent.put(task, System.nanoTime());
                var told = tasks.send(new ProducerRecord<>(topic(0), task, sizes.state()));
                if (told.isCancelled()) {
                    throw new IllegalStateException("A task was not sent");
                }
            }
        });
        while (millis.size() < loops) {
            for (ConsumerRecord<String, byte[]> result : results.poll(Duration.ofMillis(100))) {
                Long at = sent.remove(result.key());
                if (at != null) {
                    millis.add((System.nanoTime() - at) / 1e6);
                    permits.release();
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        sender.join();
        long expected = before + (long) loops * sizes.rows();
        while (rows.count() < expected) {
            Thread.sleep(5);
        }
        return new Run(millis, seconds, (System.nanoTime() - begin) / 1e9, expected);
    }

    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }
    }
}
