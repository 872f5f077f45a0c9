package dev.cermin.flow;

import dev.cermin.flow.admission.Delays;
import dev.cermin.flow.admission.Delays.Delay;
import dev.cermin.loop.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Loops that wait for a person. A decision lies in the same topic, in every partition, as only the loop's own will do
 * something with it: the first one that comes there, unless the loop was due before, ended or was decided already.
 */
final class Deciding implements Holding {
    static final String DECISION = "/decision";

    private final Worker worker;
    private final Function<UUID, Optional<String>> cancelledBy;
    /** By task, the number that its decision has in the trace. */
    private final Map<UUID, Integer> held = new HashMap<>();

    private final Map<UUID, Messages.Decide> decided = new HashMap<>();
    private final List<ProducerRecord<String, byte[]>> late = new ArrayList<>();

    /** @param cancelledBy who cancelled a task, if anyone did: it ends at once */
    Deciding(Worker worker, Function<UUID, Optional<String>> cancelledBy) {
        this.worker = worker;
        this.cancelledBy = cancelledBy;
    }

    @Override
    public String topic() {
        return Topics.REVIEWS;
    }

    @Override
    public Duration ahead() {
        return Duration.ZERO;
    }

    @Override
    public void note(ConsumerRecord<String, byte[]> record, TopicPartition place, Delays<TopicPartition> delays) {
        String key = String.valueOf(record.key());
        if (key.endsWith(DECISION)) {
            if (record.value() != null) {
                decision(Envelope.read(record, Messages.DECISION, Messages.Decide.class), key, place, delays);
            }
            return;
        }
        UUID id = UUID.fromString(key);
        if (record.value() == null) {
            held.remove(id);
            decided.remove(id);
            delays.remove(id);
            return;
        }
        Messages.Wait wait = Messages.Wait.of(record);
        held.put(id, wait.step());
        decided.remove(id);
        Instant due = cancelledBy.apply(id).isPresent() ? Instant.EPOCH : wait.due();
        delays.put(new Delay<>(id, due, place, record.offset()));
    }

    private void decision(Messages.Decide given, String key, TopicPartition place, Delays<TopicPartition> delays) {
        Integer step = held.get(given.taskId());
        if (step == null || step != given.step()) {
            late.add(gone(place, key));
        } else if (decided.putIfAbsent(given.taskId(), given) == null) {
            delays.hasten(given.taskId());
        }
    }

    @Override
    public List<ProducerRecord<String, byte[]>> release(
            ConsumerRecord<String, byte[]> record, TopicPartition place, UUID id) {
        Messages.Decide given = decided.get(id);
        Messages.Wait wait = Messages.Wait.of(record);
        @Nullable Decision decision = given == null || given.step() != wait.step() ? null : given.decision();
        List<ProducerRecord<String, byte[]>> out =
                new ArrayList<>(Messages.publishable(record, worker.decide(record, wait, decision)));
        out.add(gone(place, id.toString()));
        if (given != null) {
            out.add(gone(place, id + DECISION));
        }
        return out;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> beside() {
        List<ProducerRecord<String, byte[]>> all = List.copyOf(late);
        late.clear();
        return all;
    }

    private static ProducerRecord<String, byte[]> gone(TopicPartition place, String key) {
        return new ProducerRecord<>(place.topic(), place.partition(), key, null);
    }
}
