package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.store.Retention;
import dev.cermin.store.Retention.Dropped;
import dev.cermin.store.Upkeep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Makes partitions ahead and drops what is too old, now and then. Recorders that look after the tables do it. */
@ApplicationScoped
class TableUpkeep {
    private static final Logger LOG = Logger.getLogger(TableUpkeep.class);
    private static final int MINUTES_BETWEEN = 60;

    private final CerminConfig config;
    private final Upkeep upkeep;
    private final Retention retention;
    private final Metrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);

    TableUpkeep(CerminConfig config, Upkeep upkeep, Retention retention, Metrics metrics) {
        this.config = config;
        this.upkeep = upkeep;
        this.retention = retention;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.RECORDER) && config.store().migrate()) {
            Thread.ofVirtual().name("cermin-upkeep").start(this::keepUp);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void keepUp() {
        try {
            // the first time a while after the start, which has enough to do
            while (!stopping.await(1, TimeUnit.MINUTES)) {
                once();
                if (stopping.await(MINUTES_BETWEEN, TimeUnit.MINUTES)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            upkeep.run(Instant.now());
            if (retention.isLimited()) {
                long tasks = retention.run(Instant.now(), this::told);
                LOG.infof("Retention is through; the rows of %d tasks went", tasks);
            }
        } catch (Exception e) {
            LOG.warnf("Partitions and retention wait for the next time: %s", e.getMessage());
        }
    }

    private void told(Dropped dropped) {
        metrics.add(Metric.RETENTION_STEPS, (double) dropped.steps());
        LOG.infof(
                "Retention dropped %s, of tasks from %s to %s: %d steps; %d of unfinished tasks stay",
                dropped.part(),
                dropped.from() == null ? "any time" : dropped.from(),
                dropped.to(),
                dropped.steps(),
                dropped.kept());
    }
}
