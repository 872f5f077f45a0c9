package dev.cermin.flow;

import dev.cermin.json.JsonException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is to be known of a task before it begins, and how such tasks are sent about. */
record TaskNote(
        @Nullable UUID id,
        @Nullable String tenant,
        @Nullable Integer priority,
        @Nullable Instant startAt) {

    /** @throws JsonException where it isn't a task's message */
    static TaskNote of(ConsumerRecord<String, byte[]> record) {
        return Envelope.read(record, Messages.TASK, TaskNote.class);
    }

    /** Whether all messages with its id come to lie in one partition. */
    boolean isKeyOf(ConsumerRecord<String, byte[]> record) {
        return id != null && id.toString().equals(record.key());
    }

    /** To the topic of tasks, under the id that it has. */
    static ProducerRecord<String, byte[]> again(ConsumerRecord<String, byte[]> record, UUID id) {
        return new ProducerRecord<>(Topics.TASKS, null, id.toString(), record.value(), record.headers());
    }

    /** To where tasks lie that aren't due. */
    static ProducerRecord<String, byte[]> delayed(ConsumerRecord<String, byte[]> record) {
        return new ProducerRecord<>(Topics.TASKS_DELAYED, null, record.key(), record.value(), record.headers());
    }

    /** Takes it away from there. */
    static ProducerRecord<String, byte[]> gone(TopicPartition place, UUID id) {
        return new ProducerRecord<>(Topics.TASKS_DELAYED, place.partition(), id.toString(), null);
    }

    /** Says that a task has begun. */
    static ProducerRecord<String, byte[]> begun(ConsumerRecord<String, byte[]> record, UUID id) {
        return new ProducerRecord<>(Topics.TASKS_BEGUN, record.partition(), id.toString(), new byte[0]);
    }
}
