package dev.cermin.flow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The tasks that were cancelled lately, as told on the control topic. Thread-safe. */
final class Cancellations implements Follower.Listener {
    private static final int REMEMBERED = 100_000;

    private final Map<UUID, String> byTask = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    /** Tells of each task that is cancelled, once {@link #by} knows it; of some again. */
    void onCancel(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    @Override
    public void on(ConsumerRecord<String, byte[]> record) {
        Messages.Cancel cancel = Envelope.read(record, Messages.CANCEL, Messages.Cancel.class);
        byTask.put(cancel.taskId(), cancel.by());
        listeners.forEach(listener -> listener.accept(cancel.taskId()));
    }

    Optional<String> by(UUID task) {
        return Optional.ofNullable(byTask.get(task));
    }
}
