package dev.cermin.flow;

import dev.cermin.flow.admission.Delays;
import dev.cermin.flow.admission.Delays.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Tasks that aren't due, each moved to the other tasks when it is.
 *
 * @param cancelledBy who cancelled a task, if anyone did: it is moved at once, and so ends at once
 */
record DelayedTasks(Function<UUID, Optional<String>> cancelledBy) implements Holding {
    /** Sooner than its time a task may lie among the others, where it is held till the moment itself. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    @Override
    public String topic() {
        return Topics.TASKS_DELAYED;
    }

    @Override
    public Duration ahead() {
        return AHEAD;
    }

    @Override
    public void note(ConsumerRecord<String, byte[]> record, TopicPartition place, Delays<TopicPartition> held) {
        UUID id = UUID.fromString(String.valueOf(record.key()));
        if (record.value() == null) {
            held.remove(id);
            return;
        }
        Instant start = Optional.ofNullable(TaskNote.of(record).startAt()).orElse(Instant.EPOCH);
        Instant at = cancelledBy.apply(id).isPresent() ? Instant.EPOCH : start;
        held.put(new Delay<>(id, at, place, record.offset()));
    }

    @Override
    public List<ProducerRecord<String, byte[]>> release(
            ConsumerRecord<String, byte[]> record, TopicPartition place, UUID id) {
        return List.of(TaskNote.again(record, id), TaskNote.gone(place, id));
    }
}
