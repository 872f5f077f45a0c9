package dev.cermin.peers;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The same by share groups (KIP-932): more consumers than partitions may serve a hop, and each record is acknowledged by
 * itself. An acknowledgement can't be part of a transaction, so Postgres has to decide here, too.
 */
final class ShareGroups extends Arbiter {
    ShareGroups(Server server, Sizes sizes) {
        super(server, sizes);
    }

    @Override
    void prepare(Admin admin) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> earliest = IntStream.range(0, HOPS)
                .mapToObj(hop -> new ConfigResource(ConfigResource.Type.GROUP, "share." + topic(hop)))
                .collect(Collectors.toMap(
                        group -> group,
                        group -> List.of(new AlterConfigOp(
                                new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))));
        admin.incrementalAlterConfigs(earliest).all().get();
    }

    @Override
    void serve(int hop) {
        thread("hop" + hop, () -> carry(hop));
    }

    private void carry(int hop) throws SQLException, ExecutionException, InterruptedException {
        Map<String, Object> settings = client();
        settings.put("group.id", "share." + topic(hop));
        settings.put("share.acknowledgement.mode", "explicit");
        try (var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                Producer<String, byte[]> producer = producer(Map.of());
                Rows rows = new Rows(server)) {
            consumer.subscribe(List.of(topic(hop)));
            while (!stopping()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) {
                    passOn(hop, records, rows, producer);
                    records.forEach(record -> consumer.acknowledge(record, AcknowledgeType.ACCEPT));
                    consumer.commitSync();
                }
            }
        }
    }
}
