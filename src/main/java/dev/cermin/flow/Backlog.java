package dev.cermin.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a topic's readers are behind, as its broker knows it: so also while they are paused, elsewhere, or dead. Not
 * thread-safe.
 */
final class Backlog implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LOOKS = 6;

    private final Admin admin;
    private final Consumer<String, byte[]> consumer;

    /** @param consumer without a group; it reads what is committed, and a record at a time */
    Backlog(Admin admin, Consumer<String, byte[]> consumer) {
        this.admin = admin;
        this.consumer = consumer;
    }

    /**
     * What isn't done yet.
     *
     * @param records how many; a transaction's end counts as one, but not where nothing else is left
     * @param oldest when the first of them was sent, in milliseconds since the epoch; 0 where there is none
     */
    record Behind(long records, long oldest) {
        static final Behind NOTHING = new Behind(0, 0);

        Behind and(Behind other) {
            long first = oldest == 0 || other.oldest == 0 ? oldest + other.oldest : Math.min(oldest, other.oldest);
            return new Behind(records + other.records, first);
        }
    }

    /**
     * By topic.
     *
     * @param groups who reads it, by topic; topics that aren't there are left out
     */
    Map<String, Behind> look(Map<String, String> groups) throws InterruptedException, ExecutionException {
        Set<TopicPartition> all = partitions(groups.keySet());
        Map<TopicPartition, OffsetAndMetadata> done = committed(groups);
        Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, Long> open = new HashMap<>();
        for (TopicPartition each : all) {
            OffsetAndMetadata committed = done.get(each);
            long from = Math.max(starts.get(each), committed == null ? 0 : committed.offset());
            if (from < ends.get(each)) {
                open.put(each, from);
            }
        }
        Map<TopicPartition, Long> times = firstTimes(open, ends);
        Map<String, Behind> behind = new TreeMap<>();
        all.forEach(each -> behind.putIfAbsent(each.topic(), Behind.NOTHING));
        times.forEach((each, time) -> {
            OffsetAndMetadata committed = done.get(each);
            long ahead = committed == null ? 0 : Progress.doneAhead(committed);
            long records = Math.max(1, ends.get(each) - open.get(each) - ahead);
            behind.merge(each.topic(), new Behind(records, time), Behind::and);
        });
        return behind;
    }

    private Set<TopicPartition> partitions(Collection<String> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Boolean> all = new HashMap<>();
        Set<String> there = admin.listTopics().names().get();
        List<String> known = topics.stream().filter(there::contains).toList();
        admin.describeTopics(known)
                .allTopicNames()
                .get()
                .forEach((topic, about) -> about.partitions()
                        .forEach(partition -> all.put(new TopicPartition(topic, partition.partition()), true)));
        return all.keySet();
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> found = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, offset) -> found.put(partition, offset.offset()));
        return found;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Map<String, String> groups)
            throws InterruptedException, ExecutionException {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
        groups.values().forEach(group -> wanted.put(group, new ListConsumerGroupOffsetsSpec()));
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        admin.listConsumerGroupOffsets(wanted)
                .all()
                .get()
                .values()
                .forEach(offsets -> offsets.forEach((at, offset) -> {
                    if (offset != null) {
                        done.put(at, offset);
                    }
                }));
        return done;
    }

    /** Of the partitions that have a record from there on, and not only the ends of transactions: when that was sent. */
    private Map<TopicPartition, Long> firstTimes(Map<TopicPartition, Long> open, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.assign(open.keySet());
        // those of the last look are still paused
        consumer.resume(open.keySet());
        open.forEach(consumer::seek);
        List<TopicPartition> wanted = new ArrayList<>(open.keySet());
        for (int i = 0; i < LOOKS + open.size() && !wanted.isEmpty(); i++) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(LOOK)) {
                TopicPartition at = new TopicPartition(record.topic(), record.partition());
                times.putIfAbsent(at, record.timestamp());
                consumer.pause(List.of(at));
            }
            wanted.removeIf(at -> times.containsKey(at) || consumer.position(at) >= ends.get(at));
        }
        return times;
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
