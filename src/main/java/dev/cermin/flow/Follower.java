package dev.cermin.flow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads every record of a topic from now on, without a group: each process sees all of them, and none is committed. */
final class Follower implements Runnable {
    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** How often it looks for partitions that were added, as far as its client has heard of them. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What is done with a record. Called from one thread, in the order of each partition. */
    @FunctionalInterface
    interface Listener {
        void on(ConsumerRecord<String, byte[]> record);
    }

    private final List<String> topics;
    private final Duration since;
    private final LaneClients clients;
    private final Listener listener;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /** @param since how far back it begins, at first and after any trouble: so some records may be told again */
    Follower(String topic, Duration since, LaneClients clients, Listener listener) {
        this(List.of(topic), since, clients, listener);
    }

    /** The same for several topics at once. */
    Follower(List<String> topics, Duration since, LaneClients clients, Listener listener) {
        this.topics = topics;
        this.since = since;
        this.clients = clients;
        this.listener = listener;
    }

    void stop() {
        stopping.set(true);
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            try {
                follow();
            } catch (RuntimeException | Error e) {
                // whatever it is: nobody else would follow
                LOG.warnf("Following %s begins anew in %d s: %s", topics, PAUSE.toSeconds(), e);
                pause();
            }
        }
    }

    private void follow() {
        Consumer<String, byte[]> consumer = clients.follower();
        try {
            begin(consumer, System.currentTimeMillis() - since.toMillis());
            long looked = System.nanoTime();
            while (!stopping.get()) {
                if (System.nanoTime() - looked > LOOK.toNanos()) {
                    addNew(consumer);
                    looked = System.nanoTime();
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                    listen(record);
                }
            }
        } finally {
            clients.close(consumer);
        }
    }

    private void begin(Consumer<String, byte[]> consumer, long from) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // where the end is, is looked up now: what comes between this and the first poll is not missed
        partitions.forEach(consumer::position);
        var times = partitions.stream().collect(Collectors.toMap(p -> p, p -> from));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Partitions that were added to a topic are read from their beginning: nothing in them was told. */
    private void addNew(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> known = consumer.assignment();
        List<TopicPartition> all = partitions(consumer);
        List<TopicPartition> added =
                all.stream().filter(each -> !known.contains(each)).toList();
        if (!added.isEmpty()) {
            LOG.infof("%s are followed from now on", added);
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    private void listen(ConsumerRecord<String, byte[]> record) {
        try {
            listener.on(record);
        } catch (RuntimeException | Error e) {
            LOG.warnf("A record of %s can't be followed: %s", record.topic(), e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            stopping.set(true);
        }
    }
}
