package dev.cermin.flow;

import dev.cermin.flow.admission.Delays;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What lies in a compacted topic till it is due. Used by one thread. */
interface Holding {
    String topic();

    /** So much before its time a record may be released. */
    Duration ahead();

    /**
     * Takes note of a record, whose absence may be what it tells.
     *
     * @throws RuntimeException where it can't be read; it is passed over
     */
    void note(ConsumerRecord<String, byte[]> record, TopicPartition place, Delays<TopicPartition> held);

    /** What a record leads to whose time has come; its absence is part of that. */
    List<ProducerRecord<String, byte[]>> release(ConsumerRecord<String, byte[]> record, TopicPartition place, UUID id);

    /** What else is to be written to these partitions, since the last time. */
    default List<ProducerRecord<String, byte[]>> beside() {
        return List.of();
    }
}
