package dev.cermin.flow;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Tells which tasks have ended, by a result or as they were set aside, or wait for a person, whichever process they were worked on by. The
 * topics are followed from the first listener on. Thread-safe.
 */
@ApplicationScoped
public class Ends {
    private static final Logger LOG = Logger.getLogger(Ends.class);
    /** After trouble it begins so far back. */
    private static final Duration SINCE = Duration.ofMinutes(1);

    private final Follower follower;
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    Ends(LaneClients clients) {
        this.follower =
                new Follower(List.of(Topics.RESULTS, Topics.DEAD_LETTERS, Topics.REVIEWS), SINCE, clients, this::on);
    }

    /** @param listener is told from another thread, of some tasks more than once */
    public synchronized void listen(Consumer<UUID> listener) {
        listeners.add(listener);
        if (listeners.size() == 1) {
            Thread.ofPlatform().name("cermin-ends").daemon().start(follower);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    private void on(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || !ends(record)) {
            return;
        }
        try {
            UUID task = UUID.fromString(record.key());
            listeners.forEach(listener -> listener.accept(task));
        } catch (IllegalArgumentException e) {
            LOG.debugf("A record of %s has the key '%s', which is no task's", record.topic(), record.key());
        }
    }

    /** A trace or a cancellation that can't be read ends no task. */
    private static boolean ends(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.RESULTS)) {
            return true;
        }
        if (record.topic().equals(Topics.REVIEWS)) {
            return record.value() != null;
        }
        String from = DeadLetters.header(record, DeadLetters.TOPIC);
        return !from.equals(Topics.TRACES) && !from.equals(Topics.CONTROL);
    }
}
