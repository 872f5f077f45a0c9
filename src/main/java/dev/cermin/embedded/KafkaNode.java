package dev.cermin.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka node, broker and controller in one, on 127.0.0.1 with its data under {@code HOME/kafka}. */
final class KafkaNode {
    private static final int NODE = 1;
    private static final int TOPIC_SECONDS = 30;
    private static final int MIB = 1 << 20;

    private final KafkaRaftServer server;

    private KafkaNode(KafkaRaftServer server) {
        this.server = server;
    }

    /** Starts the node, creates the topics that are missing, and returns when both are done. */
    static KafkaNode start(Path home, Ports ports, StoresRequest request, PrintStream log) throws Exception {
        Path data = home.resolve("kafka");
        if (Files.notExists(data)) {
            format(home, data, log);
        }
        int advertised = request.kafkaAdvertised() == 0 ? ports.kafka() : request.kafkaAdvertised();
        KafkaNode node = new KafkaNode(new KafkaRaftServer(
                KafkaConfig.fromProps(settings(home.relativize(data), ports, advertised), false), Time.SYSTEM));
        node.server.startup();
        if (!request.topics().isEmpty()) {
            createMissing(request.topics(), "127.0.0.1:" + ports.kafka());
        }
        return node;
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path home, Path data, PrintStream log) throws Exception {
        Path fresh = home.resolve("kafka.new");
        FileTrees.delete(fresh);
        FileTrees.createPrivate(fresh);
        new Formatter()
                .setPrintStream(log)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .addDirectory(fresh.toString())
                .setMetadataLogDirectory(fresh.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        // only a complete folder gets the name
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    // the folder is relative to the working directory, the home: Kafka would split an absolute path at its commas
    private static Properties settings(Path data, Ports ports, int advertised) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "log.dirs",
                data.toString(),
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.kafka() + ",CONTROLLER://127.0.0.1:" + ports.controller(),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + advertised,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + ports.controller(),
                "auto.create.topics.enable",
                "false"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "2",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "2",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "default.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0"));
        settings.putAll(Map.of(
                // 30 days, longer than records are kept: what was done is not forgotten before it is gone
                "offsets.retention.minutes", "43200",
                // a start after a crash waits until the session of the run before has expired
                "broker.session.timeout.ms", "1000",
                "broker.heartbeat.interval.ms", "200",
                // records that only say that nothing happened: one node has nobody to tell
                "metadata.max.idle.interval.ms", "0",
                // how soon a producer may add to a transaction that follows right behind another one
                "add.partitions.to.txn.retry.backoff.ms", "1",
                // offsets are written at once: a step waits for them, and one machine has few to gather
                "group.coordinator.append.linger.ms", "0"));
        settings.putAll(Map.of(
                "message.max.bytes", Integer.toString(4 * MIB),
                "replica.fetch.max.bytes", Integer.toString(4 * MIB),
                "log.segment.bytes", Integer.toString(128 * MIB),
                "log.index.size.max.bytes", Integer.toString(MIB),
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 * MIB),
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2"));
        return settings;
    }

    private static void createMissing(List<Topic> topics, String bootstrap)
            throws InterruptedException, TimeoutException, IOException {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
                .toList();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            CreateTopicsResult created = admin.createTopics(wanted);
            for (Topic topic : topics) {
                try {
                    created.values().get(topic.name()).get(TOPIC_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new StoresException(
                                "Kafka did not create the topic " + topic + ": "
                                        + e.getCause().getMessage(),
                                e);
                    }
                }
            }
        }
    }
}
