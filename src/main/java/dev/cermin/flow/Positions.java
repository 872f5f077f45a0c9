package dev.cermin.flow;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * From where a lane's partitions are read. A broker that has just started may answer for a moment that nothing was ever
 * committed (seen of Kafka 4.2.1, whose coordinator then notes that it is "out of sync with the underlying log", and loads
 * anew). Who believed it would do all of a topic again; so where there are records it is asked for 3 s. Not thread-safe.
 */
final class Positions {
    private static final Logger LOG = Logger.getLogger(Positions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Its policy for a missing offset has to be {@code none}. */
    private final Consumer<String, byte[]> consumer;

    /** Of which nothing is committed, and since when that is known, by {@link System#nanoTime}. */
    private final Map<TopicPartition, Long> missing = new HashMap<>();

    /** That are read from where they begin. */
    private final Set<TopicPartition> fresh = new HashSet<>();

    Positions(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** @throws WakeupException where the consumer is woken */
    ConsumerRecords<String, byte[]> poll(Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (NoOffsetForPartitionException e) {
            begin(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            goOn(e.offsetOutOfRangePartitions());
        }
        return ConsumerRecords.empty();
    }

    /** At once where there is nothing to be done twice. What is still missing is asked for with the next poll. */
    private void begin(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long now = System.nanoTime();
        for (TopicPartition partition : partitions) {
            boolean empty = ends.get(partition).equals(begins.get(partition));
            long since = missing.computeIfAbsent(partition, p -> now);
            if (empty || now - since > PATIENCE.toNanos()) {
                if (!empty) {
                    LOG.infof("Nothing of %s was done yet: it is read from its beginning", partition);
                }
                consumer.seek(partition, begins.get(partition));
                fresh.add(partition);
                missing.remove(partition);
            }
        }
        if (!missing.isEmpty()) {
            pause();
        }
    }

    /** Where what was to be read next is gone, what is left is read; where the log ends before it, what comes. */
    private void goOn(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(wanted.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet());
        wanted.forEach((partition, offset) -> {
            long position = Math.clamp(offset, begins.get(partition), ends.get(partition));
            LOG.warnf("Offset %d of %s is not there; it is read on from %d", offset, partition, position);
            consumer.seek(partition, position);
        });
    }

    /** Null for a partition of which nothing was. A wakeup that strikes here is passed over. */
    @Nullable
    OffsetAndMetadata committed(TopicPartition partition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fresh.contains(partition)) {
            try {
                OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
                if (offset != null || System.nanoTime() > end) {
                    return offset;
                }
                pause();
            } catch (WakeupException e) {
                LOG.tracef("Woken while reading the offset of %s", partition);
            }
        }
        return null;
    }

    void forget(Collection<TopicPartition> partitions) {
        missing.keySet().removeAll(partitions);
        fresh.removeAll(new HashSet<>(partitions));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
