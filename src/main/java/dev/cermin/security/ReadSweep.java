package dev.cermin.security;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Takes away who read what long ago, as the tables' owner: the services can't. */
@Singleton
class ReadSweep {
    private static final Logger LOG = Logger.getLogger(ReadSweep.class);
    private static final int MINUTES_BETWEEN = 60;

    private final CerminConfig config;
    private final Instance<Flyway> flyway;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ReadSweep(CerminConfig config, Instance<Flyway> flyway) {
        this.config = config;
        this.flyway = flyway;
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.RECORDER) && config.store().migrate() && flyway.isResolvable()) {
            Thread.ofVirtual().name("cermin-reads").start(this::sweep);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void sweep() {
        try {
            while (!stopping.await(MINUTES_BETWEEN, TimeUnit.MINUTES)) {
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        Instant before = Instant.now().minus(config.security().keepReads());
        try (Connection owner = flyway.get().getConfiguration().getDataSource().getConnection();
                PreparedStatement delete = owner.prepareStatement("delete from trace_read where at < ?")) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            int gone = delete.executeUpdate();
            if (gone > 0) {
                LOG.infof("%d reads of traces from before %s are no longer known", gone, before);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("Old reads of traces are taken away later: %s", e.getMessage());
        }
    }
}
