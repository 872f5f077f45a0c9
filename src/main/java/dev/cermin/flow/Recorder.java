package dev.cermin.flow;

import dev.cermin.agent.Agent;
import dev.cermin.json.JsonException;
import dev.cermin.store.PinnedAgent;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Stores finished steps, a batch in a transaction. Delivered again, a step changes nothing. While Postgres is away it
 * waits and tries again; workers don't notice.
 */
@ApplicationScoped
public class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final TraceStore store;
    private final MutinyEmitter<byte[]> deadLetters;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Recorder(
            TraceStore store,
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> deadLetters) {
        this.store = store;
        this.deadLetters = deadLetters;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    @Incoming("traces")
    @Blocking
    void record(ConsumerRecords<String, byte[]> batch) {
        List<TraceStep> steps = new ArrayList<>(batch.count());
        Map<String, PinnedAgent> agents = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                steps.add(Messages.read(record, Messages.TRACE, TraceStep.class));
                Messages.agent(record).ifPresent(content -> pin(content, agents));
            } catch (JsonException e) {
                setAside(record, e.getMessage());
            }
        }
        store(steps, List.copyOf(agents.values()));
    }

    private void setAside(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf("A trace record that can't be read goes to the dead letters: %s", reason);
        ProducerRecord<String, byte[]> letter = Messages.deadLetter(record, reason);
        Submissions.send(deadLetters, letter).await().indefinitely();
    }

    private static void pin(byte[] content, Map<String, PinnedAgent> agents) {
        agents.computeIfAbsent(Agent.hash(content), hash -> {
            Agent agent = Agent.of(content);
            return new PinnedAgent(hash, agent.name(), agent.version(), new String(content, StandardCharsets.UTF_8));
        });
    }

    private void store(List<TraceStep> steps, List<PinnedAgent> agents) {
        Duration pause = Duration.ofMillis(200);
        while (true) {
            try {
                store.append(steps, agents);
                return;
            } catch (RuntimeException e) {
                LOG.warnf("%d steps wait %d ms for Postgres: %s", steps.size(), pause.toMillis(), e.getMessage());
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
