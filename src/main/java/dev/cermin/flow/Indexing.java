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
    private static final Duration BETWEEN = Duration.ofMillis(250);
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
        Duration pause = BETWEEN;
        try {
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() {
        try {
            return indexer.index() ? Duration.ZERO : BETWEEN;
        } catch (RuntimeException e) {
            if (stopping.getCount() > 0) {
                LOG.warnf("New traces can't be searched for yet, trying again: %s", e.getMessage());
            }
            return AFTER_FAILURE;
        }
    }
}
