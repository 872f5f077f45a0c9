package dev.cermin.flow;

import dev.cermin.flow.admission.Delays;
import dev.cermin.flow.admission.Delays.Delay;
import dev.cermin.json.JsonException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Keeps what isn't due, and releases each when it is. The topic is compacted, so it is itself the table of what is held:
 * whoever gets a partition reads it whole, and remembers where each task lies, not the task. A release writes what it leads
 * to and its absence in one transaction, with an offset that only the partition's owner may commit.
 */
final class Delayed implements Runnable {
    private static final Logger LOG = Logger.getLogger(Delayed.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Well within what a transaction may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int AT_ONCE = 200;

    private final LaneClients clients;
    private final Clock clock;
    private final Holding holding;
    private final Queue<UUID> cancelled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    Delayed(LaneClients clients, Clock clock, Holding holding) {
        this.clients = clients;
        this.clock = clock;
        this.holding = holding;
    }

    /** From any thread. */
    void cancelled(UUID task) {
        cancelled.add(task);
    }

    void stop() {
        stopping.set(true);
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            try (Session session = new Session()) {
                session.run();
            } catch (RuntimeException | Error e) {
                if (!stopping.get()) {
                    LOG.warnf("What lies in %s is read anew in %d s: %s", holding.topic(), PAUSE.toSeconds(), e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            stopping.set(true);
        }
    }

    /** From one subscription to the next trouble. */
    private final class Session implements AutoCloseable, ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer = clients.consumer(holding.topic(), AT_ONCE);
        private final Consumer<String, byte[]> reader = clients.follower();
        private final Producer<String, byte[]> producer = clients.producer(holding.topic());
        private final Delays<TopicPartition> delays = new Delays<>();

        /** Where the table was last written when its partition became ours: before that is read, nothing is moved. */
        private final Map<TopicPartition, Long> unread = new HashMap<>();

        void run() {
            producer.initTransactions();
            consumer.subscribe(List.of(holding.topic()), this);
            while (!stopping.get()) {
                consumer.poll(patience()).forEach(this::note);
                unread.keySet().removeIf(place -> consumer.position(place) >= unread.get(place));
                for (UUID task = cancelled.poll(); task != null; task = cancelled.poll()) {
                    delays.hasten(task);
                }
                move();
            }
        }

        private Duration patience() {
            Duration due = delays.next()
                    .map(at -> Duration.between(clock.instant().plus(holding.ahead()), at))
                    .orElse(POLL);
            return due.isNegative() || due.isZero() ? Duration.ofMillis(1) : due.compareTo(POLL) < 0 ? due : POLL;
        }

        private void note(ConsumerRecord<String, byte[]> record) {
            TopicPartition place = new TopicPartition(record.topic(), record.partition());
            try {
                holding.note(record, place, delays);
            } catch (JsonException | IllegalArgumentException e) {
                LOG.warnf("What lies at %s-%d can't be read: %s", place, record.offset(), e);
            }
        }

        private void move() {
            Map<TopicPartition, NavigableMap<Long, UUID>> due = new HashMap<>();
            for (Delay<TopicPartition> delay : delays.due(clock.instant().plus(holding.ahead()), AT_ONCE)) {
                if (!unread.containsKey(delay.partition())) {
                    due.computeIfAbsent(delay.partition(), place -> new TreeMap<>())
                            .put(delay.offset(), delay.id());
                }
            }
            List<ProducerRecord<String, byte[]>> beside = holding.beside();
            if (due.isEmpty() && beside.isEmpty()) {
                return;
            }
            try {
                producer.beginTransaction();
                beside.forEach(this::send);
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                due.forEach((place, tasks) -> {
                    reread(place, tasks);
                    offsets.put(place, new OffsetAndMetadata(consumer.position(place)));
                });
                if (!offsets.isEmpty()) {
                    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                }
                producer.commitTransaction();
            } catch (CommitFailedException e) {
                LOG.debugf("What is due is released after the rebalance: %s", due.keySet());
                producer.abortTransaction();
                return;
            }
            due.values().forEach(tasks -> tasks.values().forEach(delays::remove));
        }

        /** One that is there no longer was replaced by one behind it, which is still to be read; else it is moved. */
        private void reread(TopicPartition place, NavigableMap<Long, UUID> tasks) {
            reader.assign(List.of(place));
            reader.seek(place, tasks.firstKey());
            long moved = System.nanoTime();
            long position = tasks.firstKey();
            for (Long next = position; next != null; next = tasks.ceilingKey(position)) {
                if (next - position > AT_ONCE) {
                    reader.seek(place, next);
                }
                reader.poll(POLL).forEach(record -> {
                    UUID id = tasks.get(record.offset());
                    if (id != null) {
                        holding.release(record, place, id).forEach(this::send);
                    }
                });
                long now = reader.position(place);
                if (now > position) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new TimeoutException(
                            "Nothing of %s came for %s, at offset %d".formatted(place, PATIENCE, now));
                }
                position = now;
            }
        }

        private void send(ProducerRecord<String, byte[]> record) {
            // the commit fails where this does
            Future<?> told = producer.send(record);
            LOG.tracef("%s goes to %s: %s", record.key(), record.topic(), told);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            Set<TopicPartition> gone = new HashSet<>(partitions);
            delays.removeIf(delay -> gone.contains(delay.partition()));
            unread.keySet().removeAll(gone);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // what their last owner has under way is over by then
            consumer.committed(new HashSet<>(partitions));
            partitions.forEach(place -> unread.put(place, LogTail.end(clients, place)));
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void close() {
            clients.close(producer);
            clients.close(reader);
            clients.close(consumer);
        }
    }
}
