package dev.cermin.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Makes the Kafka clients of lanes and followers. */
final class LaneClients {
    private static final Logger LOG = Logger.getLogger(LaneClients.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> common;
    private final String workerId;
    private final boolean stableId;

    /**
     * @param common what every client gets: {@code bootstrap.servers}, security
     * @param stableId the worker's own name, kept over restarts; empty: a random one
     */
    LaneClients(Map<String, Object> common, Optional<String> stableId, String randomId) {
        this.common = Map.copyOf(common);
        this.workerId = stableId.orElse(randomId);
        this.stableId = stableId.isPresent();
    }

    String workerId() {
        return workerId;
    }

    Consumer<String, byte[]> consumer(String topic, int maxPollRecords) {
        Map<String, Object> settings = reader();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        // where to begin is for its reader to say
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // a worker that was killed is missed after 10 s, not after 45
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        // a lane polls all the time; one that doesn't, or was cut off while its group was made anew, holds up the
        // others
        // no longer than this, where the usual 5 min would be
        settings.putIfAbsent(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 60_000);
        if (stableId) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, workerId + "." + topic);
        }
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer without a group: it is assigned its partitions, and commits nothing. */
    Consumer<String, byte[]> follower() {
        Map<String, Object> settings = reader();
        // how soon it hears of partitions that are added
        settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The same, which also sees what isn't committed yet. */
    Consumer<String, byte[]> unguarded() {
        Map<String, Object> settings = reader();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    Backlog backlog() {
        Map<String, Object> settings = reader();
        // it only looks at the first record of each partition
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        return new Backlog(
                Admin.create(new HashMap<>(common)),
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    Producer<String, byte[]> producer(String topic) {
        Map<String, Object> settings = writer();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, workerId + "." + topic);
        // what a killed worker left open holds up its readers no longer than this
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        // a commit returns before its last marker is written; until then the next transaction is told to try again,
        // which at the usual 100 ms would be most of a quick step's time
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> reader() {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // where what was to be read next is gone, what is left is read
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private Map<String, Object> writer() {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        return settings;
    }

    void close(Consumer<?, ?> consumer) {
        try {
            consumer.close(CloseOptions.timeout(CLOSE));
        } catch (KafkaException e) {
            LOG.debugf("A consumer did not close cleanly: %s", e.getMessage());
        }
    }

    void close(Producer<?, ?> producer) {
        try {
            producer.close(CLOSE);
        } catch (KafkaException e) {
            LOG.debugf("A producer did not close cleanly: %s", e.getMessage());
        }
    }
}
