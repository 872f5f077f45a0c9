package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A running Postgres and Kafka of this machine, kept by one child JVM. Their data lies in the home and outlasts them;
 * the child ends with this application, however that ends. Thread-safe.
 *
 * <p>Whoever uses the stores stops first; then they are closed.
 */
public final class EmbeddedStores implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final Options options;
    private final ChildJvm child;
    private final Map<String, Duration> timings = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> onDeath = new ArrayList<>();
    private boolean dead;
    private int postgresPort;
    private int kafkaPort;

    private EmbeddedStores(Options options, ChildJvm child) {
        this.options = options;
        this.child = child;
    }

    /**
     * Starts the stores and returns when they take connections and the topics exist.
     *
     * @throws HomeInUseException if another live application runs its stores in the same home
     * @throws PortInUseException if a port given by number is taken
     * @throws StoresException if they do not start for another reason
     */
    public static EmbeddedStores start(Options options) {
        long begin = System.nanoTime();
        try {
            FileTrees.createPrivate(options.home());
            HomeLock.awaitFree(options.home(), options.progress());
            EmbeddedStores stores = new EmbeddedStores(options, ChildJvm.launch(options.home(), options.request()));
            stores.awaitReady();
            stores.timings.put("total", Duration.ofNanos(System.nanoTime() - begin));
            return stores;
        } catch (IOException e) {
            throw new StoresException(
                    "The embedded stores did not start in " + options.home() + ": " + e + ". See its folder logs.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while the embedded stores started", e);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        boolean ready = false;
        try {
            ready = listen();
        } finally {
            if (!ready) {
                closed.set(true);
                child.stop(STOP);
            }
        }
        Thread watch = new Thread(this::watch, "cermin-stores-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private boolean listen() throws InterruptedException {
        while (true) {
            Message.Received next = child.next(SILENCE).orElseThrow(this::silent);
            switch (next.message()) {
                case PROGRESS -> options.progress().accept(next.detail());
                case POSTGRES -> {
                    postgresPort = next.number();
                    timings.put("postgres", Duration.ofMillis(Long.parseLong(next.rest())));
                    options.progress().accept("Postgres takes connections on port " + postgresPort);
                }
                case KAFKA -> {
                    kafkaPort = next.number();
                    timings.put("kafka", Duration.ofMillis(Long.parseLong(next.rest())));
                    options.progress().accept("Kafka takes connections on port " + kafkaPort);
                }
                case READY -> {
                    return true;
                }
                case HOME_IN_USE -> throw new HomeInUseException(options.home(), next.number());
                case PORT_IN_USE -> throw new PortInUseException(next.number(), next.rest());
                case FAILED ->
                    throw new StoresException(
                            "The embedded stores did not start: " + next.detail() + "\nMore may be in " + log());
            }
        }
    }

    private StoresException silent() {
        return new StoresException(
                child.process().isAlive()
                        ? "The embedded stores have not started after " + SILENCE.toMinutes() + " minutes. See " + log()
                        : "The embedded stores ended while they started (exit code "
                                + child.process().exitValue() + "). See " + log());
    }

    private Path log() {
        return options.home().resolve("logs").resolve("stores.log");
    }

    /** What points an application at the stores: Quarkus's and Kafka's settings by name. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (options.kafka()) {
            settings.put("kafka.bootstrap.servers", bootstrapServers());
            // on one machine it costs the broker and every reader more than it saves
            settings.put("kafka.compression.type", "none");
        }
        if (options.postgres()) {
            settings.put("quarkus.datasource.jdbc.url", jdbcUrl());
            settings.putAll(PostgresAccess.settings(options.home()));
        }
        return settings;
    }

    /** The URL of the database, without user and password. */
    public String jdbcUrl() {
        requireStarted(options.postgres(), "Postgres");
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + PostgresAccess.DATABASE
                + "?reWriteBatchedInserts=true";
    }

    /** Kafka's address. */
    public String bootstrapServers() {
        requireStarted(options.kafka(), "Kafka");
        return "127.0.0.1:" + kafkaPort;
    }

    private static void requireStarted(boolean started, String store) {
        if (!started) {
            throw new IllegalStateException("The embedded " + store + " was not asked for in the options");
        }
    }

    /** The process id of the child JVM. */
    public long pid() {
        return child.process().pid();
    }

    /** Postgres's server process, which the child started; empty where none runs. */
    public Optional<ProcessHandle> postgres() {
        try {
            return Postmaster.ofHome(options.home()).process();
        } catch (IOException e) {
            throw new StoresException("Cannot read Postgres's process id in " + options.home() + ": " + e, e);
        }
    }

    /** How long the start took: {@code postgres} and {@code kafka}, which start side by side, and {@code total}. */
    public Map<String, Duration> timings() {
        return Map.copyOf(timings);
    }

    /**
     * Runs the action, on a thread of its own, when the stores end without having been closed; at once and on the
     * calling thread if they have ended already.
     */
    public void onDeath(Runnable action) {
        synchronized (onDeath) {
            if (!dead) {
                onDeath.add(action);
                return;
            }
        }
        action.run();
    }

    private void watch() {
        try {
            child.process().waitFor();
            if (closed.get()) {
                return;
            }
            // a killed child leaves Postgres behind, which would go on answering without Kafka beside it
            Postmaster.ofHome(options.home()).kill();
        } catch (IOException e) {
            options.progress().accept("The embedded Postgres could not be ended: " + e.getMessage());
        } catch (InterruptedException e) {
            return; // nobody interrupts this thread; if so, there is no death to tell
        }
        List<Runnable> actions;
        synchronized (onDeath) {
            dead = true;
            actions = List.copyOf(onDeath);
        }
        actions.forEach(Runnable::run);
    }

    /** Stops the stores: in order within 15 s, else by force. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            child.stop(STOP);
        } catch (IOException e) {
            throw new StoresException("The embedded stores did not stop: " + e.getMessage() + ". See " + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            child.process().destroyForcibly();
        }
    }

    /**
     * What to start and where. Immutable; begin with {@link #of}.
     *
     * @param home the folder of data and logs, as by {@link CerminHome#resolve()}
     * @param postgres whether Postgres is wanted
     * @param kafka whether Kafka is wanted
     * @param postgresPort 1 to 65535; 0 for the port of the last run while it is free, else any free one
     * @param kafkaPort as {@code postgresPort}
     * @param kafkaAdvertised the port that Kafka tells its clients, for a proxy before it; 0 for its own
     * @param topics created before the start returns, where they are missing
     * @param progress told in sentences for the user what goes on, from the thread that starts
     */
    public record Options(
            Path home,
            boolean postgres,
            boolean kafka,
            int postgresPort,
            int kafkaPort,
            int kafkaAdvertised,
            List<Topic> topics,
            Consumer<String> progress) {
        private static final int MAX_PORT = 65_535;

        public Options {
            home = home.toAbsolutePath().normalize();
            topics = List.copyOf(topics);
            requirePort(postgresPort, "Postgres");
            requirePort(kafkaPort, "Kafka");
            requirePort(kafkaAdvertised, "Kafka's clients");
        }

        /** Both stores, on any free ports, no topics, no progress told. */
        public static Options of(Path home) {
            return new Options(home, true, true, 0, 0, 0, List.of(), text -> {});
        }

        /** With or without Postgres, and with or without Kafka. */
        public Options withStores(boolean postgres, boolean kafka) {
            return new Options(home, postgres, kafka, postgresPort, kafkaPort, kafkaAdvertised, topics, progress);
        }

        /** On these ports; 0 as said above. */
        public Options withPorts(int postgresPort, int kafkaPort) {
            return new Options(home, postgres, kafka, postgresPort, kafkaPort, kafkaAdvertised, topics, progress);
        }

        /** Kafka's clients are told this port, where a proxy passes them on to Kafka's own. */
        public Options withAdvertisedKafka(int port) {
            return new Options(home, postgres, kafka, postgresPort, kafkaPort, port, topics, progress);
        }

        /** With these topics beside those given before, name to number of partitions. */
        public Options withTopics(Map<String, Integer> partitions) {
            Options all = this;
            for (Map.Entry<String, Integer> topic : partitions.entrySet()) {
                all = all.withTopic(new Topic(topic.getKey(), topic.getValue(), Map.of()));
            }
            return all;
        }

        /** With this topic beside those given before. */
        public Options withTopic(Topic topic) {
            List<Topic> all = new ArrayList<>(topics);
            all.add(topic);
            return new Options(home, postgres, kafka, postgresPort, kafkaPort, kafkaAdvertised, all, progress);
        }

        /** With this listener. */
        public Options withProgress(Consumer<String> listener) {
            return new Options(home, postgres, kafka, postgresPort, kafkaPort, kafkaAdvertised, topics, listener);
        }

        StoresRequest request() {
            return new StoresRequest(
                    LivePid.current(),
                    postgres ? postgresPort : StoresRequest.NOT_WANTED,
                    kafka ? kafkaPort : StoresRequest.NOT_WANTED,
                    kafkaAdvertised,
                    topics);
        }

        private static void requirePort(int port, String store) {
            if (port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException(
                        "Port " + port + " for " + store + ": expected 1 to 65535, or 0 for any that is free");
            }
        }
    }
}
