package dev.cermin.flow;

import dev.cermin.flow.Underway.Begun;
import dev.cermin.flow.admission.Remembered;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of our partitions have begun. A mark of each is published with its beginning, and read by whoever gets the
 * partition next. Not thread-safe.
 */
final class BegunTasks {
    private static final Logger LOG = Logger.getLogger(BegunTasks.class);

    private final Admission.Settings settings;
    private final LaneClients clients;
    private final Clock clock;
    private final Map<Progress, Partition> partitions = new HashMap<>();
    /** How many partitions the marks had when they were counted last. */
    private int marked;

    /** @param sample any of its records */
    private record Partition(Begun sample, Remembered ids, boolean marked) {}

    BegunTasks(Admission.Settings settings, LaneClients clients, Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.clock = clock;
    }

    boolean contains(Begun task, UUID id) {
        return of(task).ids().contains(id);
    }

    /** Takes note of one; what is returned is to be published with it. */
    Optional<ProducerRecord<String, byte[]>> add(Begun task, UUID id) {
        Partition partition = of(task);
        partition.ids().add(id);
        return partition.marked() ? Optional.of(TaskNote.begun(task.record(), id)) : Optional.empty();
    }

    void keepOnly(Predicate<Begun> ours) {
        partitions.values().removeIf(partition -> !ours.test(partition.sample()));
    }

    private Partition of(Begun task) {
        Partition known = partitions.get(task.own());
        if (known == null) {
            known = read(task);
            partitions.put(task.own(), known);
        }
        return known;
    }

    private Partition read(Begun task) {
        TopicPartition place =
                new TopicPartition(Topics.TASKS_BEGUN, task.record().partition());
        Remembered ids = new Remembered(settings.remembered());
        if (place.partition() >= marked) {
            marked = count();
        }
        if (place.partition() >= marked) {
            LOG.warnf(
                    "%s needs as many partitions as %s and has %d: tasks of partition %d that come twice begin twice",
                    Topics.TASKS_BEGUN, Topics.TASKS, marked, place.partition());
            return new Partition(task, ids, false);
        }
        LogTail.read(
                clients,
                place,
                clock.instant().minus(settings.deduplication()),
                2L * settings.remembered(),
                record -> id(record).ifPresent(ids::add));
        LOG.debugf("%d tasks of %s have begun lately", ids.size(), task.partition());
        return new Partition(task, ids, true);
    }

    private int count() {
        var looker = clients.follower();
        try {
            List<?> infos = looker.partitionsFor(Topics.TASKS_BEGUN);
            return infos == null ? 0 : infos.size();
        } finally {
            clients.close(looker);
        }
    }

    private static Optional<UUID> id(ConsumerRecord<String, byte[]> record) {
        @Nullable String key = record.key();
        try {
            return key == null ? Optional.empty() : Optional.of(UUID.fromString(key));
        } catch (IllegalArgumentException e) {
            LOG.debugf("%s at %d is no task's id", key, record.offset());
            return Optional.empty();
        }
    }
}
