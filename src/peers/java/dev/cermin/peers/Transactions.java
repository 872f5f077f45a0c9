package dev.cermin.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** As Cermin does it: next step, trace and offset in one Kafka transaction; a recorder stores what is committed. */
final class Transactions extends Prototype {
    Transactions(Server server, Sizes sizes) {
        super(server, sizes);
    }

    @Override
    void serve(int hop) {
        thread("hop" + hop, () -> carry(hop));
        if (hop == 0) {
            thread("recorder", this::record);
        }
    }

    private void carry(int hop) {
        byte[] state = sizes.state();
        byte[] row = sizes.row().getBytes(StandardCharsets.US_ASCII);
        try (KafkaConsumer<String, byte[]> consumer = consumer(reader(topic(hop)));
                Producer<String, byte[]> producer = producer(Map.of("transactional.id", topic(hop)))) {
            producer.initTransactions();
            consumer.subscribe(List.of(topic(hop)));
            while (!stopping()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (records.isEmpty()) {
                    continue;
                }
                producer.beginTransaction();
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                for (ConsumerRecord<String, byte[]> record : records) {
                    sizes.steps(hop).forEach(step -> send(producer, TRACES, record.key(), numbered(step, row)));
                    send(producer, topic(hop + 1), record.key(), state);
                    offsets.put(
                            new TopicPartition(record.topic(), record.partition()),
                            new OffsetAndMetadata(record.offset() + 1));
                }
                producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                producer.commitTransaction();
            }
        }
    }

    /** The commit fails where any of them does. */
    private static void send(Producer<String, byte[]> producer, String topic, String key, byte[] value) {
        var told = producer.send(new ProducerRecord<>(topic, key, value));
        if (told.isCancelled()) {
            throw new IllegalStateException("A message was not sent");
        }
    }

    private static byte[] numbered(int step, byte[] row) {
        return ByteBuffer.allocate(4 + row.length).putInt(step).put(row).array();
    }

    private void record() throws SQLException {
        Map<String, Object> settings = reader("peer-recorder");
        settings.put("max.poll.records", 1_000);
        try (KafkaConsumer<String, byte[]> consumer = consumer(settings);
                Rows rows = new Rows(server)) {
            consumer.subscribe(List.of(TRACES));
            while (!stopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    int step = ByteBuffer.wrap(record.value()).getInt();
                    String body = new String(record.value(), 4, record.value().length - 4, StandardCharsets.US_ASCII);
                    rows.add(new Rows.Row(record.key(), step, body));
                }
                rows.store();
                consumer.commitAsync();
            }
        }
    }
}
