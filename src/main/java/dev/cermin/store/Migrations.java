package dev.cermin.store;

import dev.cermin.config.CerminConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
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
    private final Upkeep upkeep;
    private final boolean wanted;
    private final Optional<String> services;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Migrations(
            Instance<Flyway> flyway,
            Upkeep upkeep,
            CerminConfig config,
            @ConfigProperty(name = "quarkus.flyway.active", defaultValue = "true") boolean active,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> services) {
        this.services = services;
        this.flyway = flyway;
        this.upkeep = upkeep;
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
            String told = "";
            while (!stopping.await(told.isEmpty() ? 2 : 10, TimeUnit.SECONDS)) {
                try {
                    if (attempt()) {
                        LOG.info("Postgres is there, and its tables are up to date");
                        return;
                    }
                } catch (RuntimeException e) {
                    // it may pass: a role that isn't there yet, a connection that breaks, a lock that somebody holds
                    String reason = String.valueOf(e.getMessage());
                    if (!reason.equals(told)) {
                        LOG.error("The tables can't be brought up to date yet; nothing is stored until they are", e);
                    }
                    told = reason;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepUp() {
        try {
            upkeep.run(Instant.now());
        } catch (SQLException e) {
            LOG.warnf("Rights and partitions of the tables are looked after later: %s", e.getMessage());
        }
    }

    /** Without the walls, whoever has a tenant is answered nothing. */
    private void wall() {
        try (Connection owner = flyway.get().getConfiguration().getDataSource().getConnection()) {
            owner.setAutoCommit(false);
            Walls.settle(owner, services);
            owner.commit();
        } catch (SQLException e) {
            LOG.errorf(
                    "The walls between tenants aren't up, so who has a tenant is answered nothing: %s. The tables' owner"
                            + " needs the right to make the role %s, or finds it made: create role %s nologin",
                    e.getMessage(), Walls.ROLE, Walls.ROLE);
        }
    }

    /** @return false while there is no Postgres */
    private boolean attempt() {
        try {
            flyway.get().migrate();
            keepUp();
            wall();
            return true;
        } catch (FlywaySqlUnableToConnectToDbException e) {
            LOG.debugf("The tables wait for Postgres: %s", e.getMessage());
            return false;
        }
    }
}
