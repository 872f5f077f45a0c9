package dev.cermin.health;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.flow.KafkaAccess;
import dev.cermin.store.StoreAccess;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Kafka and Postgres as they were found last. They are asked in the background, so that a probe is answered at once even
 * where they don't answer. Thread-safe.
 */
@ApplicationScoped
class Surroundings {
    private static final Logger LOG = Logger.getLogger(Surroundings.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofSeconds(3);
    private static final Optional<String> UNKNOWN = Optional.of("Not looked at yet");

    private final CerminConfig config;
    private final KafkaAccess kafka;
    private final StoreAccess store;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> watchers = new CopyOnWriteArrayList<>();
    private volatile Optional<String> kafkaProblem = UNKNOWN;
    private volatile Optional<String> storeProblem = UNKNOWN;
    private volatile boolean kafkaSeen;

    Surroundings(CerminConfig config, KafkaAccess kafka, StoreAccess store) {
        this.config = config;
        this.kafka = kafka;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        if (needsKafka()) {
            watchers.add(Thread.ofVirtual().name("cermin-health-kafka").start(this::watchKafka));
        }
        if (needsStore()) {
            watchers.add(Thread.ofVirtual().name("cermin-health-postgres").start(this::watchStore));
        }
    }

    /** What they ask is gone soon after. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        watchers.forEach(Thread::interrupt);
        for (Thread watcher : watchers) {
            if (!watcher.join(LAST)) {
                LOG.debugf("%s still waits for an answer", watcher.getName());
            }
        }
    }

    boolean plays(ServiceRole role) {
        return config.plays(role);
    }

    /** All roles do. */
    boolean needsKafka() {
        return plays(ServiceRole.GATEWAY)
                || plays(ServiceRole.WORKER)
                || plays(ServiceRole.RECORDER)
                || plays(ServiceRole.NOTIFIER);
    }

    boolean needsStore() {
        return plays(ServiceRole.GATEWAY) || plays(ServiceRole.RECORDER);
    }

    /** What is amiss with Kafka, in words; empty where nothing is. */
    Optional<String> kafkaProblem() {
        return kafkaProblem;
    }

    Optional<String> storeProblem() {
        return storeProblem;
    }

    /** Whether Kafka with all topics was there at some time since the start. */
    boolean kafkaSeen() {
        return kafkaSeen;
    }

    private void watchKafka() {
        try {
            do {
                Optional<String> found = kafka.problem();
                tell("Kafka", kafkaProblem, found);
                kafkaProblem = found;
                kafkaSeen |= found.isEmpty();
            } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kafka.close();
        }
    }

    private void watchStore() {
        try {
            do {
                Optional<String> found = store.problem();
                tell("Postgres", storeProblem, found);
                storeProblem = found;
            } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(String what, Optional<String> before, Optional<String> now) {
        if (now.isPresent() && (before.isEmpty() || before.equals(UNKNOWN))) {
            LOG.warnf("Waiting for %s. %s", what, now.get());
        } else if (now.isEmpty() && before.isPresent() && !before.equals(UNKNOWN)) {
            LOG.infof("%s is there", what);
        }
    }
}
