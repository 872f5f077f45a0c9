package dev.cermin.flow;

import dev.cermin.flow.Underway.Begun;
import dev.cermin.flow.Underway.Handled;
import dev.cermin.flow.Underway.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

/** A lane from one subscription to the next trouble. One thread uses it. */
final class LaneSession implements AutoCloseable, ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(LaneSession.class);
    private static final int MOST_WAITING = 1_000;
    private static final long MOST_WAITING_BYTES = 32L << 20;

    private final Lane.Settings settings;
    private final LaneClients clients;
    private final Consumer<String, byte[]> consumer;
    private final Positions positions;
    private final Producer<String, byte[]> producer;
    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final Underway underway;
    private final Gate gate;
    private final Hurry hurry;
    private final Waiting<Begun> waiting = new Waiting<>(MOST_WAITING, MOST_WAITING_BYTES);
    private final List<Handled> unpublished = new ArrayList<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private boolean closing;

    LaneSession(
            Lane.Settings settings,
            Places places,
            Gate.Maker gates,
            LaneHandler handler,
            LaneClients clients,
            Hurry hurry) {
        this.hurry = hurry;
        this.settings = settings;
        this.clients = clients;
        this.gate = gates.open(this::wake);
        this.consumer = clients.consumer(settings.topic(), gate.readAtOnce(settings.concurrency()));
        this.positions = new Positions(consumer);
        this.producer = clients.producer(settings.topic());
        this.underway = new Underway(settings.name(), places, handler, this::wake);
    }

    void run(BooleanSupplier stopping) {
        producer.initTransactions();
        consumer.subscribe(List.of(settings.topic()), this);
        while (!stopping.getAsBoolean()) {
            ConsumerRecords<String, byte[]> records =
                    poll(() -> gate.patience(waiting.within(Duration.ofMillis(500), Instant.now()), room()));
            for (TopicPartition partition : records.partitions()) {
                begin(partition, records.records(partition));
            }
            underway.beginHandedBack(this::isOurs);
            postpone();
            publish();
            gate.open(room()).forEach(underway::begin);
            balance();
        }
        drain();
    }

    /** @param timeout asked once we can be woken, so that nothing that happens since is missed */
    private ConsumerRecords<String, byte[]> poll(Supplier<Duration> timeout) {
        polling.set(true);
        try {
            return positions.poll(underway.hasEnded() ? Duration.ZERO : timeout.get());
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            polling.set(false);
        }
    }

    private void begin(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            Progress own =
                    progress.computeIfAbsent(partition, p -> new Progress(positions.committed(p), record.offset()));
            if (!own.admits(record.offset())) {
                // it and those behind it are fetched again when the step that holds them up is done
                consumer.seek(partition, record.offset());
                return;
            }
            if (own.begin(record.offset())) {
                Begun begun = new Begun(record, own, Attempts.of(record.headers()));
                Instant due = Attempts.notBefore(record.headers()).orElse(Instant.MIN);
                if (due.isAfter(Instant.now())) {
                    waiting.add(begun, due, Envelope.size(record));
                } else {
                    gate.add(begun);
                }
            }
        }
    }

    /** What can't be done now waits, here or, where there is too much of it, at the end of the topic. */
    private void postpone() {
        Instant now = Instant.now();
        keepPostponed();
        if (!hurry.none()) {
            Predicate<String> meant = hurry.take();
            waiting.hurry(begun -> meant.test(begun.record().key()), now);
        }
        for (Begun next : waiting.due(now, room())) {
            if (gate.wasOpened(next)) {
                underway.begin(next);
            } else {
                gate.add(next);
            }
        }
        List<Waiting.Entry<Begun>> sent = new ArrayList<>(waiting.relief(now));
        if (waiting.size() > 0 && progress.values().stream().anyMatch(Progress::full)) {
            // one of them may be what holds up those far behind it
            sent.addAll(waiting.take(begun -> begun.own().full()));
        }
        for (Waiting.Entry<Begun> entry : sent) {
            unpublished.add(toTheEnd(entry.own(), entry.due()));
        }
    }

    private void keepPostponed() {
        for (Postponed next : underway.takePostponed()) {
            if (isOurs(next.begun())) {
                waiting.add(next.again(), next.due(), Envelope.size(next.begun().record()));
            }
        }
    }

    private Handled toTheEnd(Begun begun, Instant due) {
        gate.left(begun);
        return new Handled(begun, List.of(Messages.again(begun.record(), begun.attempts(), due)));
    }

    /** Before others read them: what failed here goes to the end of its topic, with how often it did and since when. */
    private void handOver(Predicate<Begun> which) {
        keepPostponed();
        publish();
        List<Handled> sent = new ArrayList<>();
        Predicate<Begun> known = begun -> begun.knowsMore() && which.test(begun);
        waiting.take(known).forEach(entry -> sent.add(toTheEnd(entry.own(), entry.due())));
        underway.takeRunning(known).forEach(begun -> sent.add(toTheEnd(begun, Instant.now())));
        publish(sent);
    }

    private int room() {
        return settings.concurrency() - underway.here();
    }

    /** A partition that went to another worker took its steps along. */
    private boolean isOurs(Begun begun) {
        return progress.get(begun.partition()) == begun.own();
    }

    private void wake() {
        if (polling.get()) {
            consumer.wakeup();
        }
    }

    /** Everything that is handled, with its offsets, at once or not at all. */
    private void publish() {
        List<Handled> ready = new ArrayList<>(unpublished);
        unpublished.clear();
        List<Handled> ended = underway.takeEnded();
        if (!ended.isEmpty()) {
            waiting.progressed(Instant.now());
        }
        ended.forEach(each -> ready.add(gate.ended(each)));
        ready.addAll(gate.settled());
        publish(ready);
    }

    private void publish(List<Handled> ready) {
        ready.removeIf(next -> !isOurs(next.begun()));
        if (ready.isEmpty()) {
            return;
        }
        try {
            commit(ready);
        } catch (CommitFailedException e) {
            // a rebalance overtook it: the next poll joins in, and tells which of these are still ours
            LOG.debugf("%d steps of %s are published after the rebalance", ready.size(), settings.topic());
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
        for (Handled next : ready) {
            // of each partition once: what is done behind the offset is told with it
            offsets.computeIfAbsent(
                    next.begun().partition(), place -> next.begun().own().commit());
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    /** Backpressure: no more is fetched than can be begun. */
    private void balance() {
        Set<TopicPartition> assigned = consumer.assignment();
        boolean busy = gate.isFull(underway.here(), settings.concurrency()) || waiting.full();
        List<TopicPartition> pause = assigned.stream()
                .filter(p -> busy || (progress.containsKey(p) && progress.get(p).full()))
                .toList();
        consumer.pause(pause);
        consumer.resume(assigned.stream().filter(p -> !pause.contains(p)).toList());
    }

    private void drain() {
        long end = System.nanoTime() + settings.drain().toNanos();
        consumer.pause(consumer.assignment());
        while (!(underway.size() == 0 && unpublished.isEmpty()) && System.nanoTime() < end) {
            poll(() -> Duration.ofMillis(100));
            keepPostponed();
            publish();
        }
        handOver(begun -> true);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!closing) {
            handOver(begun -> partitions.contains(begun.partition()));
        }
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(progress::remove);
        positions.forget(partitions);
        underway.keepOnly(this::isOurs);
        gate.keepOnly(this::isOurs);
        List<Waiting.Entry<Begun>> gone = waiting.take(begun -> !isOurs(begun));
        LOG.tracef("%d waiting steps of %s went with their partitions", gone.size(), settings.topic());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debugf("Lane %s serves %s", settings.topic(), partitions);
    }

    /** What is not published by now is redone; a failing callback would keep the consumer from leaving its group. */
    @Override
    public void close() {
        closing = true;
        underway.close();
        gate.close();
        clients.close(producer);
        clients.close(consumer);
    }
}
