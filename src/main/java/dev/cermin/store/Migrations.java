package dev.cermin.store;

import dev.cermin.config.CerminConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlUnableToConnectToDbException;
import org.jboss.logging.Logger;

/** Brings the tables up to date, once Postgres can be reached: services start in any order. */
@ApplicationScoped
class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final int BEFORE_OTHERS = 50;

    private final Instance<Flyway> flyway;
    private final boolean wanted;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Migrations(
            Instance<Flyway> flyway,
            CerminConfig config,
            @ConfigProperty(name = "quarkus.flyway.active", defaultValue = "true") boolean active) {
        this.flyway = flyway;
        this.wanted = active && config.store().migrate();
    }

    void start(@Observes @Priority(BEFORE_OTHERS) StartupEvent event) {
        if (wanted && !attempt()) {
            LOG.warn("Postgres can't be reached yet; the services begin, and the tables are looked after once it can");
            Thread.ofVirtual().name("cermin-migrations").start(this::persist);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void persist() {
        try {
            boolean done = false;
            while (!done && !stopping.await(2, TimeUnit.SECONDS)) {
                done = attempt();
            }
            if (done) {
                LOG.info("Postgres is there, and its tables are up to date");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The tables can't be brought up to date; nothing is stored until that is mended", e);
        }
    }

    /** @return false while there is no Postgres */
    private boolean attempt() {
        try {
            flyway.get().migrate();
            return true;
        } catch (FlywaySqlUnableToConnectToDbException e) {
            LOG.debugf("The tables wait for Postgres: %s", e.getMessage());
            return false;
        }
    }
}
