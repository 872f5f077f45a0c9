package dev.cermin.flow;

import dev.cermin.run.StepInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * One lane of one worker. Its thread polls; each record is handled on a virtual thread of its own; what the handlers
 * return is published in one Kafka transaction with the offsets, many at a time. So a slow step holds up neither the
 * poll nor faster steps behind it, and no step is published twice. Whatever goes wrong with Kafka, the lane begins
 * anew from what is committed.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final int concurrency;
    private final Duration drain;
    private final LaneHandler handler;
    private final LaneClients clients;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Lane(String topic, int concurrency, Duration drain, LaneHandler handler, LaneClients clients) {
        this.topic = topic;
        this.concurrency = concurrency;
        this.drain = drain;
        this.handler = handler;
        this.clients = clients;
    }

    /** Lets running steps end, for as long as the drain allows; {@link #run} returns thereafter. */
    void stop() {
        stopping.set(true);
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            try (Session session = new Session()) {
                session.run();
            } catch (RuntimeException | Error e) {
                // whatever it is: a lane that ended here would leave its tasks lying
                if (!stopping.get()) {
                    LOG.warnf("Lane %s begins anew in %d s: %s", topic, PAUSE.toSeconds(), e);
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

    /**
     * A record that was begun.
     *
     * @param own the progress that it is part of: another one, once its partition went to another worker and came back
     */
    private record Begun(ConsumerRecord<String, byte[]> record, Progress own) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    private record Handled(Begun begun, List<ProducerRecord<String, byte[]>> out) {}

    /** From one subscription to the next trouble. */
    private final class Session implements AutoCloseable, ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer = clients.consumer(topic, concurrency);
        private final Producer<String, byte[]> producer = clients.producer(topic);
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Semaphore permits = new Semaphore(concurrency);
        private final Map<TopicPartition, Progress> progress = new HashMap<>();
        private final Map<Begun, Future<?>> running = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Handled> handled = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Begun> handedBack = new ConcurrentLinkedQueue<>();
        private final List<Handled> unpublished = new ArrayList<>();
        private final AtomicBoolean polling = new AtomicBoolean();
        private boolean closing;

        void run() {
            producer.initTransactions();
            consumer.subscribe(List.of(topic), this);
            while (!stopping.get()) {
                ConsumerRecords<String, byte[]> records = poll(Duration.ofMillis(500));
                for (TopicPartition partition : records.partitions()) {
                    begin(partition, records.records(partition));
                }
                for (Begun again = handedBack.poll(); again != null; again = handedBack.poll()) {
                    if (isOurs(again)) {
                        run(again);
                    }
                }
                publish();
                balance();
            }
            drain();
        }

        private ConsumerRecords<String, byte[]> poll(Duration timeout) {
            polling.set(true);
            try {
                return consumer.poll(handled.isEmpty() ? timeout : Duration.ZERO);
            } catch (WakeupException e) {
                return ConsumerRecords.empty();
            } finally {
                polling.set(false);
            }
        }

        private void begin(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
            for (ConsumerRecord<String, byte[]> record : records) {
                Progress own = progress.computeIfAbsent(
                        partition, p -> new Progress(committed().get(p), record.offset()));
                if (!own.admits(record.offset())) {
                    // it and those behind it are fetched again when the step that holds them up is done
                    consumer.seek(partition, record.offset());
                    return;
                }
                if (own.begin(record.offset())) {
                    run(new Begun(record, own));
                }
            }
        }

        private void run(Begun begun) {
            running.put(begun, threads.submit(() -> handle(begun)));
        }

        /** A partition that went to another worker took its steps along. */
        private boolean isOurs(Begun begun) {
            return progress.get(begun.partition()) == begun.own();
        }

        /** A wakeup meant for a poll may strike here instead; then it is asked again. */
        private Map<TopicPartition, OffsetAndMetadata> committed() {
            while (true) {
                try {
                    return consumer.committed(consumer.assignment());
                } catch (WakeupException e) {
                    LOG.tracef("Woken while reading the offsets of %s", topic);
                }
            }
        }

        private void handle(Begun begun) {
            ConsumerRecord<String, byte[]> record = begun.record();
            try {
                permits.acquire();
                try {
                    handled.add(new Handled(begun, Messages.publishable(record, handler.handle(record))));
                } finally {
                    permits.release();
                }
            } catch (InterruptedException | StepInterruptedException e) {
                // by us, who give it up; else the step is begun again
                LOG.debugf("A step of %s is handed back: %s", record.key(), e.getMessage());
                handedBack.add(begun);
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "A step of %s could not be handled", record.key());
                handled.add(new Handled(begun, List.of(Messages.deadLetter(record, e.toString()))));
            }
            if (polling.get()) {
                consumer.wakeup();
            }
        }

        /** Everything that is handled, with its offsets, at once or not at all. */
        private void publish() {
            List<Handled> ready = new ArrayList<>(unpublished);
            unpublished.clear();
            for (Handled next = handled.poll(); next != null; next = handled.poll()) {
                running.remove(next.begun());
                ready.add(next);
            }
            ready.removeIf(next -> !isOurs(next.begun()));
            if (ready.isEmpty()) {
                return;
            }
            try {
                commit(ready);
            } catch (CommitFailedException e) {
                // a rebalance overtook it: the next poll joins in, and tells which of these are still ours
                LOG.debugf("%d steps of %s are published after the rebalance", ready.size(), topic);
                producer.abortTransaction();
                unpublished.addAll(ready);
            }
        }

        private void commit(List<Handled> ready) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            producer.beginTransaction();
            for (Handled next : ready) {
                for (ProducerRecord<String, byte[]> record : next.out()) {
                    // the commit fails where any of them does
                    Future<?> told = producer.send(record);
                    LOG.tracef("%s goes to %s: %s", record.key(), record.topic(), told);
                }
                next.begun().own().done(next.begun().record().offset());
            }
            ready.forEach(next ->
                    offsets.put(next.begun().partition(), next.begun().own().commit()));
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
        }

        /** Backpressure: no more is fetched than can be begun. */
        private void balance() {
            Set<TopicPartition> assigned = consumer.assignment();
            boolean busy = running.size() >= concurrency;
            List<TopicPartition> pause = assigned.stream()
                    .filter(p ->
                            busy || (progress.containsKey(p) && progress.get(p).full()))
                    .toList();
            consumer.pause(pause);
            consumer.resume(assigned.stream().filter(p -> !pause.contains(p)).toList());
        }

        private void drain() {
            long end = System.nanoTime() + drain.toNanos();
            consumer.pause(consumer.assignment());
            while (!(running.isEmpty() && unpublished.isEmpty()) && System.nanoTime() < end) {
                poll(Duration.ofMillis(100));
                publish();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!closing) {
                publish();
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(progress::remove);
            running.forEach((begun, step) -> {
                if (!isOurs(begun)) {
                    step.cancel(true);
                    running.remove(begun);
                }
            });
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debugf("Lane %s serves %s", topic, partitions);
        }

        /** What is not published by now is redone; a failing callback would keep the consumer from leaving its group. */
        @Override
        public void close() {
            closing = true;
            threads.shutdownNow();
            clients.close(producer);
            clients.close(consumer);
        }
    }
}
