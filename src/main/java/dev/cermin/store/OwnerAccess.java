package dev.cermin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Postgres as the owner of the tables, {@code quarkus.flyway.username}: for migrations, partitions and retention. All else
 * goes by the services' own role, which may not change what was recorded. Where no owner is set the two are one.
 * Thread-safe.
 */
@ApplicationScoped
public class OwnerAccess {
    private final Instance<Flyway> flyway;
    private final Optional<String> services;
    private final Optional<String> password;

    OwnerAccess(
            Instance<Flyway> flyway,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> services,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.flyway = flyway;
        this.services = services;
        this.password = password;
    }

    /** One of its own, outside of transactions that are under way. */
    public Connection connection() throws SQLException {
        return flyway.get().getConfiguration().getDataSource().getConnection();
    }

    /** What the services log in as; empty where that isn't by a name. */
    Optional<String> services() {
        return services;
    }

    Optional<String> password() {
        return password;
    }
}
