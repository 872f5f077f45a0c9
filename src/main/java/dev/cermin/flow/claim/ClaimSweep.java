package dev.cermin.flow.claim;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.store.ClaimStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Deletes, now and then, the states that nobody needs any more. Recorders do it. */
@ApplicationScoped
class ClaimSweep {
    private static final Logger LOG = Logger.getLogger(ClaimSweep.class);
    private static final int SECONDS_BETWEEN = 60;

    private final CerminConfig config;
    private final ClaimStore store;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ClaimSweep(CerminConfig config, ClaimStore store) {
        this.config = config;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.RECORDER) && store.isConfigured()) {
            Thread.ofVirtual().name("cermin-claims").start(this::sweep);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void sweep() {
        try {
            while (!stopping.await(SECONDS_BETWEEN, TimeUnit.SECONDS)) {
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            int gone = store.sweep(Instant.now().minus(config.claimCheck().keep()));
            LOG.debugf("%d large states are deleted", gone);
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("Large states are deleted later: %s", e.getMessage());
        }
    }
}
