package dev.cermin.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the broker itself can do with the plain client: the same number of messages, of the same size. */
final class RawKafka {
    private static final int PARTITIONS = 4;
    private final Map<String, Object> settings;
    private final byte[] message;

    RawKafka(String bootstrapServers, int bytes) {
        this.settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "compression.type", "lz4");
        this.message = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    /** Messages a second, from the first send to the last receipt. */
    double messagesPerSecond(int messages) throws InterruptedException, ExecutionException {
        String topic = "bench." + UUID.randomUUID();
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            try {
                return transfer(topic, messages);
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        }
    }

    private double transfer(String topic, int messages) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", settings.get("bootstrap.servers")),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                // a partition that was just made refuses its first messages for a while, and the order of the next ones
                // with them
                producer.send(new ProducerRecord<>(topic, partition.partition(), "first", message))
                        .get();
            }
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            long begin = System.nanoTime();
            AtomicReference<Exception> failure = new AtomicReference<>();
            Callback callback = (done, failed) -> failure.compareAndSet(null, failed);
            Future<?> last = producer.send(new ProducerRecord<>(topic, "0", message), callback);
            for (int i = 1; i < messages; i++) {
                last = producer.send(new ProducerRecord<>(topic, String.valueOf(i), message), callback);
            }
            producer.flush();
            last.get();
            if (failure.get() != null) {
                throw new ExecutionException("Kafka did not take every message", failure.get());
            }
            for (int received = 0; received < messages; ) {
                received += consumer.poll(Duration.ofMillis(100)).count();
            }
            return messages / ((System.nanoTime() - begin) / 1e9);
        }
    }
}
