package dev.cermin.cluster;

import dev.cermin.embedded.EmbeddedStores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A gateway, workers and a recorder as processes of the packaged application that runs here, with a Kafka and a Postgres
 * that they reach through proxies. Everything lies in one folder and ends with {@link #close}.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final String JDBC = "quarkus.datasource.jdbc.url";

    /** As the launcher has it for services. */
    private static final List<String> LEAN = List.of(
            "-Xms32m",
            "-XX:NewSize=14m",
            "-XX:SurvivorRatio=2",
            "-XX:TargetSurvivorRatio=90",
            "-XX:MetaspaceSize=128m",
            "-XX:CompileThresholdScaling=10");

    private final Path folder;
    private final List<String> jvmOptions;
    private final Map<String, String> settings;
    private final Store kafka;
    private final Store postgres;
    private final TcpProxy kafkaNetwork;
    private final TcpProxy postgresNetwork;
    private final List<Service> services = new ArrayList<>();

    /**
     * @param folder made if need be; what lies there is gone on with
     * @param workers how many
     * @param jvmOptions for the services, after those of this process
     * @param settings of the services, beside what connects them
     */
    public Cluster(Path folder, int workers, List<String> jvmOptions, Map<String, String> settings) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.jvmOptions = jvmOptions;
        this.settings = settings;
        Files.createDirectories(folder.resolve("logs"));
        int kafkaPort = freePort();
        int postgresPort = freePort();
        this.kafkaNetwork = new TcpProxy(listener(), kafkaPort);
        this.postgresNetwork = new TcpProxy(listener(), postgresPort);
        this.kafka = new Store(
                "kafka",
                EmbeddedStores.Options.of(folder.resolve("kafka"))
                        .withStores(false, true)
                        .withPorts(0, kafkaPort)
                        .withAdvertisedKafka(kafkaNetwork.port()));
        this.postgres = new Store(
                "postgres",
                EmbeddedStores.Options.of(folder.resolve("postgres"))
                        .withStores(true, false)
                        .withPorts(postgresPort, 0));
        start(workers);
    }

    private void start(int workers) throws IOException {
        boolean started = false;
        try {
            postgres.launch();
            kafka.launch();
            // it makes the topics, and the tables
            services.add(service("gateway", "gateway", Map.of()));
            services.add(service("recorder", "recorder", Map.of()));
            for (int i = 1; i <= workers; i++) {
                // one with a name that it keeps, the others with random ones
                String name = "worker-" + i;
                services.add(service(name, "worker", i == 1 ? Map.of("cermin.worker.id", name) : Map.of()));
            }
            for (Service service : services) {
                service.launch();
                awaitAnswer(service);
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private Service service(String name, String role, Map<String, String> own) throws IOException {
        int port = freePort();
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(own);
        all.put("cermin.roles", role);
        all.put("cermin.home", folder.resolve(name).toString());
        all.put("cermin.cache", folder.resolve("cache").toString());
        all.put("kafka.bootstrap.servers", bootstrapServers());
        all.putAll(postgres.settings());
        all.put(JDBC, all.get(JDBC).replaceFirst(":[0-9]+/", ":" + postgresNetwork.port() + "/"));
        Map<String, String> environment = new TreeMap<>(Map.of("MALLOC_ARENA_MAX", "2"));
        all.forEach((key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LEAN);
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-jar",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                "serve",
                "--port",
                Integer.toString(port)));
        return new Service(name, folder.resolve("logs").resolve(name + ".log"), port, command, environment);
    }

    private static void awaitAnswer(Service service) {
        long end = System.nanoTime() + START.toNanos();
        while (!service.answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("%s did not answer within %d minutes; see %s"
                        .formatted(service.name(), START.toMinutes(), service.log()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the services started", e);
        }
    }

    /** Undoes all faults: what is paused goes on, what is dead starts, the network is whole. */
    public void heal() {
        for (TcpProxy network : List.of(kafkaNetwork, postgresNetwork)) {
            network.delay(Duration.ZERO);
            network.silence(false);
        }
        for (Part part : parts()) {
            part.resume();
            part.launch();
        }
        services.forEach(Cluster::awaitAnswer);
    }

    /** All services and both stores. */
    public List<Part> parts() {
        List<Part> all = new ArrayList<>(List.of(kafka, postgres));
        all.addAll(services);
        return all;
    }

    public List<Service> services() {
        return List.copyOf(services);
    }

    /** By its name, such as {@code worker-1}, {@code gateway}, {@code recorder}, {@code kafka}, {@code postgres}. */
    public Part part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no part '%s'".formatted(name)));
    }

    public Service gateway() {
        return services.getFirst();
    }

    /** The way to {@code kafka} or {@code postgres}. */
    public TcpProxy network(String store) {
        return store.equals(kafka.name()) ? kafkaNetwork : postgresNetwork;
    }

    /** As the services reach it: through the proxy. */
    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaNetwork.port();
    }

    /** A connection of its own to Postgres, as the tables' owner and past the proxy. */
    public Connection connect() throws SQLException {
        Map<String, String> access = postgres.settings();
        return DriverManager.getConnection(
                access.get(JDBC), access.get("quarkus.flyway.username"), access.get("quarkus.flyway.password"));
    }

    /** Where everything lies; {@code logs} has what the services said, {@code postgres} is a home for {@code cermin verify}. */
    public Path folder() {
        return folder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = listener()) {
            return any.getLocalPort();
        }
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** The services first, in order; then their stores. */
    @Override
    public void close() {
        parts().forEach(Part::resume);
        services.parallelStream().forEach(Service::stop);
        kafka.close();
        postgres.close();
        kafkaNetwork.close();
        postgresNetwork.close();
    }
}
