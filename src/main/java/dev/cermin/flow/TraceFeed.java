package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells of steps as they are done: those already stored first, then the live ones, in order and without gaps. */
@ApplicationScoped
public class TraceFeed {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final CerminConfig config;
    private final TraceStore store;
    private final Follower follower;
    private final Map<UUID, List<BlockingQueue<TraceStep>>> live = new ConcurrentHashMap<>();

    TraceFeed(CerminConfig config, TraceStore store, LaneClients clients) {
        this.config = config;
        this.store = store;
        this.follower = new Follower(Topics.TRACES, Duration.ZERO, clients, this::on);
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.GATEWAY)) {
            Thread.ofPlatform().name("cermin-feed").daemon().start(follower);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    private void on(ConsumerRecord<String, byte[]> record) {
        List<BlockingQueue<TraceStep>> listeners = live.get(UUID.fromString(record.key()));
        if (listeners != null) {
            TraceStep step = Messages.read(record, Messages.TRACE, TraceStep.class);
            listeners.forEach(queue -> queue.add(step));
        }
    }

    /**
     * Tells of every step of a task from a number on, and returns after the last one. Blocks: for virtual threads.
     *
     * @param wanted asked now and then; false ends it early
     */
    public void follow(UUID task, int from, Consumer<TraceStep> listener, BooleanSupplier wanted)
            throws InterruptedException {
        BlockingQueue<TraceStep> queue = new LinkedBlockingQueue<>();
        live.computeIfAbsent(task, id -> new CopyOnWriteArrayList<>()).add(queue);
        try {
            NavigableMap<Integer, TraceStep> pending = new TreeMap<>();
            int next = from;
            boolean behind = true;
            while (wanted.getAsBoolean()) {
                if (behind) {
                    store.steps(task, next).forEach(step -> pending.put(step.number(), step));
                }
                for (TraceStep step = pending.remove(next); step != null; step = pending.remove(next)) {
                    listener.accept(step);
                    next++;
                    if (step.kind() == StepKind.FINISH) {
                        return;
                    }
                }
                TraceStep told = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                // nothing told, or a later one than expected: what is missing will be in the store
                behind = told == null || told.number() > next;
                if (told != null && told.number() >= next) {
                    pending.put(told.number(), told);
                }
            }
        } finally {
            live.computeIfPresent(task, (id, queues) -> {
                queues.remove(queue);
                return queues.isEmpty() ? null : queues;
            });
        }
    }
}
