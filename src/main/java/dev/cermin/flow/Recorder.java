package dev.cermin.flow;

import dev.cermin.json.JsonException;
import dev.cermin.review.Waits;
import dev.cermin.store.PinnedAgent;
import dev.cermin.store.TraceStore;
import dev.cermin.store.UnstorableException;
import dev.cermin.trace.Origin;
import dev.cermin.trace.TraceStep;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stores finished steps, a batch in a transaction. Delivered again, a step changes nothing. While Postgres is away it
 * waits and tries again; workers don't notice.
 */
@ApplicationScoped
public class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final TraceStore store;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> deadLetters;
    private final FlowObserver observer;
    private final Waits waits;
    private final PinnedAgents agents = new PinnedAgents(Pinned::of);
    private final CountDownLatch stopping = new CountDownLatch(1);

    Recorder(
            TraceStore store,
            FlowObserver observer,
            Waits waits,
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.store = store;
        this.observer = observer;
        this.waits = waits;
        this.deadLetters = deadLetters;
    }

    /**
     * @param origin of its task; null in messages of earlier versions
     * @param agent that the record brings along; null for none
     */
    private record Read(
            ConsumerRecord<String, byte[]> record,
            TraceStep step,
            @Nullable Origin origin,
            @Nullable Pinned agent) {}

    // where there is no recorder, none is made for the end
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        stopping.countDown();
    }

    @Incoming("traces")
    @Blocking
    void record(ConsumerRecords<String, byte[]> batch) {
        List<Read> all = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                TraceStep step = Envelope.read(record, Messages.TRACE, TraceStep.class);
                all.add(new Read(
                        record,
                        step,
                        Origins.read(record.headers()),
                        Messages.agent(record).map(agents::of).orElse(null)));
            } catch (JsonException e) {
                setAside(record, e.getMessage());
            } catch (RuntimeException e) {
                setAside(record, e.toString());
            }
        }
        try {
            store(all);
        } catch (UnstorableException e) {
            all.forEach(this::storeAlone);
        }
    }

    /**
     * A cancellation that can't be read ends no task, and workers pass it over. So that somebody hears of it, it is set
     * aside here, once.
     */
    @Incoming("cancellations")
    @Blocking
    void check(ConsumerRecord<String, byte[]> record) {
        try {
            Messages.Cancel cancel = Envelope.read(record, Messages.CANCEL, Messages.Cancel.class);
            LOG.debugf("Task %s was cancelled by %s", cancel.taskId(), cancel.by());
        } catch (JsonException e) {
            setAside(record, e.getMessage());
        }
    }

    /** Which loops wait for a person, and which no longer do. */
    @Incoming("waits")
    @Blocking
    void waiting(ConsumerRecord<String, byte[]> record) {
        String key = String.valueOf(record.key());
        if (key.endsWith(Deciding.DECISION)) {
            return;
        }
        try {
            UUID task = UUID.fromString(key);
            if (record.value() == null) {
                insist("A loop that goes on waits for Postgres", () -> waits.over(task));
            } else {
                Messages.Wait wait = Messages.Wait.of(record);
                insist(
                        "A loop that waits for a person waits for Postgres",
                        () -> waits.begun(task, wait.tenant(), wait.asked(), wait.due(), wait.step()));
            }
        } catch (JsonException | IllegalArgumentException e) {
            setAside(record, String.valueOf(e.getMessage()));
        }
    }

    private void storeAlone(Read read) {
        try {
            store(List.of(read));
        } catch (UnstorableException e) {
            setAside(read.record(), e.getMessage());
        }
    }

    private void store(List<Read> all) {
        List<TraceStep> steps = all.stream().map(Read::step).toList();
        Map<String, Pinned> pinned = new TreeMap<>();
        Map<UUID, Origin> origins = new HashMap<>();
        for (Read read : all) {
            if (read.origin() != null) {
                origins.put(read.step().taskId(), read.origin());
            }
            if (read.agent() != null) {
                pinned.put(read.agent().plan().pin(), read.agent());
            }
        }
        List<PinnedAgent> content =
                pinned.values().stream().map(Recorder::stored).toList();
        Instant begun = Instant.now();
        insist(steps.size() + " steps wait for Postgres", () -> store.append(steps, origins, content));
        observer.stored(all.stream().map(Read::record).toList(), begun);
    }

    private static PinnedAgent stored(Pinned pinned) {
        String text = new String(pinned.content(), StandardCharsets.UTF_8);
        return new PinnedAgent(
                pinned.plan().pin(), pinned.agent().name(), pinned.agent().version(), text);
    }

    private void setAside(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf("A record of %s goes to the dead letters: %s", record.topic(), reason);
        observer.setAside(record.topic());
        ProducerRecord<String, byte[]> letter = Messages.deadLetter(record, reason);
        insist(
                "A dead letter waits for Kafka",
                () -> deadLetters.send(letter).await().indefinitely());
    }

    /** A failure that came through would end the channel, and with it all recording. */
    private void insist(String otherwise, Runnable action) {
        Duration pause = Duration.ofMillis(200);
        while (true) {
            try {
                action.run();
                return;
            } catch (UnstorableException e) {
                throw e;
            } catch (RuntimeException | Error e) {
                LOG.warnf("%s, again in %d ms: %s", otherwise, pause.toMillis(), e);
                if (stopped(pause)) {
                    // not acknowledged, so the next recorder gets them again
                    throw e;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean stopped(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
