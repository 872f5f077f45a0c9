package dev.cermin.flow;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Does what a record of a lane asks for. Called from many threads at once. */
@FunctionalInterface
interface LaneHandler {
    /**
     * May block for minutes. What it returns is published together with the record's being done, or not at all.
     *
     * @param attempts how often the record was begun
     * @param place the one that it holds in its lane; it may move on to another lane with it
     * @throws LaterException where it can't be done now: the lane begins it again later
     * @throws dev.cermin.run.StepInterruptedException where the thread is interrupted: the record is handed back
     */
    List<ProducerRecord<String, byte[]>> handle(ConsumerRecord<String, byte[]> record, Attempts attempts, Place place);
}
