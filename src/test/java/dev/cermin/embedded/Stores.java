package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests do with running stores. */
final class Stores {
    static final String TOPIC = "cermin.test";

    private Stores() {}

    static EmbeddedStores start(Path home) {
        return EmbeddedStores.start(EmbeddedStores.Options.of(home).withTopics(Map.of(TOPIC, 1)));
    }

    static Connection connect(EmbeddedStores stores) throws SQLException {
        Map<String, String> settings = stores.settings();
        return DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.flyway.username"),
                settings.get("quarkus.flyway.password"));
    }

    /** Writes a row and a record, both acknowledged. */
    static void write(EmbeddedStores stores, String text) throws Exception {
        try (Connection connection = connect(stores);
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists kept (text varchar)");
            statement.execute("insert into kept values ('" + text + "')");
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", stores.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, text)).get(30, TimeUnit.SECONDS);
        }
    }

    static List<String> rows(EmbeddedStores stores) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(stores);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select text from kept order by text")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    static List<String> records(EmbeddedStores stores) {
        List<String> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stores.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    records.add(record.value());
                }
            }
        }
        return records;
    }

    static TopicDescription topic(EmbeddedStores stores, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin(stores)) {
            return admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(name);
        }
    }

    static Admin admin(EmbeddedStores stores) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", stores.bootstrapServers()));
    }

    static ProcessHandle postmaster(Path home) throws IOException {
        return Postmaster.ofHome(home).process().orElseThrow();
    }

    /** Kills as {@code kill -9} does. */
    static void kill(ProcessHandle process) {
        if (!process.destroyForcibly()) {
            throw new AssertionError("Could not kill " + process.pid());
        }
    }

    static boolean runs(ProcessHandle process) {
        return LivePid.runs(process);
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Files.copy(
                    path,
                    to.resolve(from.relativize(path)),
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
