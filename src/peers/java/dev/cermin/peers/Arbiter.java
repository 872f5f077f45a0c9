package dev.cermin.peers;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * At least once, and Postgres decides which step n won: a hop stores its steps first, reads those that another stored
 * before it, passes on what is stored, and commits its offset last. There is no recorder, and no Kafka transaction.
 */
class Arbiter extends Prototype {
    Arbiter(Server server, Sizes sizes) {
        super(server, sizes);
    }

    @Override
    void serve(int hop) {
        thread("hop" + hop, () -> carry(hop));
    }

    private void carry(int hop) throws SQLException, ExecutionException, InterruptedException {
        try (KafkaConsumer<String, byte[]> consumer = consumer(reader(topic(hop)));
                Producer<String, byte[]> producer = producer(Map.of());
                Rows rows = new Rows(server)) {
            consumer.subscribe(List.of(topic(hop)));
            while (!stopping()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) {
                    passOn(hop, records, rows, producer);
                    consumer.commitSync();
                }
            }
        }
    }

    /** Returns when the broker has all that follows. */
    final void passOn(int hop, Iterable<ConsumerRecord<String, byte[]>> records, Rows rows, Producer<String, byte[]> to)
            throws SQLException, ExecutionException, InterruptedException {
        byte[] state = sizes.state();
        String row = sizes.row();
        for (ConsumerRecord<String, byte[]> record : records) {
            sizes.steps(hop).forEach(step -> rows.add(new Rows.Row(record.key(), step, row)));
        }
        Set<String> won = rows.store();
        List<Future<?>> told = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            for (int step : sizes.steps(hop).toArray()) {
                if (!won.contains(record.key() + "/" + step)
                        && rows.stored(record.key(), step).isEmpty()) {
                    throw new IllegalStateException("A step is neither new nor stored");
                }
            }
            told.add(to.send(new ProducerRecord<>(topic(hop + 1), record.key(), state)));
        }
        to.flush();
        for (Future<?> sent : told) {
            sent.get();
        }
    }
}
