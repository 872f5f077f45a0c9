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
import jakarta.persistence.PersistenceException;
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
import org.jboss.logging.Logger;

/** Tells of steps as they are done: those already stored first, then the live ones, in order and without gaps. */
@ApplicationScoped
public class TraceFeed {
    private static final Logger LOG = Logger.getLogger(TraceFeed.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(2);
    private static final UUID NOBODY = new UUID(0, 0);

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
        List<BlockingQueue<TraceStep>> listeners = live.get(taskOf(record));
        if (listeners != null) {
            TraceStep step = Envelope.read(record, Messages.TRACE, TraceStep.class);
            listeners.forEach(queue -> queue.add(step));
        }
    }

    /** A key that isn't ours belongs to a record that nobody waits for; the recorder deals with it. */
    private static UUID taskOf(ConsumerRecord<String, byte[]> record) {
        try {
            return UUID.fromString(String.valueOf(record.key()));
        } catch (IllegalArgumentException e) {
            return NOBODY;
        }
    }

    /** How many follow a task now. */
    public int listeners(UUID task) {
        return live.getOrDefault(task, List.of()).size();
    }

    /** A task that long tells nothing is asked for more and more rarely. */
    private static Duration longer(Duration patience) {
        Duration doubled = patience.multipliedBy(2);
        return doubled.compareTo(LONGEST_PATIENCE) < 0 ? doubled : LONGEST_PATIENCE;
    }

    /** None while the store is away: the live steps go on, and what is missing is asked for again. */
    private List<TraceStep> stored(UUID task, int from) {
        try {
            return store.steps(task, from);
        } catch (PersistenceException e) {
            LOG.warnf("The steps of task %s can't be read yet: %s", task, e.getMessage());
            return List.of();
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
        live.compute(task, (id, queues) -> {
            List<BlockingQueue<TraceStep>> all = queues == null ? new CopyOnWriteArrayList<>() : queues;
            all.add(queue);
            return all;
        });
        try {
            NavigableMap<Integer, TraceStep> pending = new TreeMap<>();
            int next = from;
            boolean behind = true;
            Duration patience = PATIENCE;
            while (wanted.getAsBoolean()) {
                if (behind) {
                    stored(task, next).forEach(step -> pending.put(step.number(), step));
                }
                for (TraceStep step = pending.remove(next); step != null; step = pending.remove(next)) {
                    listener.accept(step);
                    next++;
                    if (step.kind() == StepKind.FINISH) {
                        return;
                    }
                }
                TraceStep told = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                patience = told != null ? PATIENCE : longer(patience);
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
