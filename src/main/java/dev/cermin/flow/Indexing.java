package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.store.Indexer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Makes what was recorded findable, behind the recorders: they wait for no index. Recorders' processes do it. */
@ApplicationScoped
class Indexing {
    private static final Logger LOG = Logger.getLogger(Indexing.class);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(250);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final CerminConfig config;
    private final Indexer indexer;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Indexing(CerminConfig config, Indexer indexer) {
        this.config = config;
        this.indexer = indexer;
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.RECORDER)) {
            Thread.ofVirtual().name("cermin-indexer").start(this::goOn);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void goOn() {
        Duration pause = LEAST_PAUSE;
        try {
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of each batch the index takes as much again for being touched at all: while there is much to do, it takes larger ones. */
    private Duration once() {
        long begin = System.nanoTime();
        try {
            if (indexer.index()) {
                return Duration.ZERO;
            }
            Duration twice = Duration.ofNanos(2 * (System.nanoTime() - begin));
            return twice.compareTo(LEAST_PAUSE) < 0
                    ? LEAST_PAUSE
                    : twice.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : twice;
        } catch (RuntimeException e) {
            if (stopping.getCount() > 0) {
                LOG.warnf("New traces can't be searched for yet, trying again: %s", e.getMessage());
            }
            return AFTER_FAILURE;
        }
    }
}
