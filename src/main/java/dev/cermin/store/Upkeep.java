package dev.cermin.store;

import dev.cermin.config.CerminConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps the tables as they should be, as their owner: the services' rights, and the partitions of the time ahead. One at a time
 * over all processes; where nothing is to be done, it costs some look-ups. Thread-safe.
 */
@ApplicationScoped
public class Upkeep {
    /** Of Postgres' advisory locks. */
    static final long LOCK = 0x6365726d696eL;

    /** Whoever reads for long goes first: what waits for a lock holds up all that come after it. */
    static final String PATIENCE = "set local lock_timeout = '2s'";

    private static final String OWNER =
            "select pg_has_role(relowner, 'USAGE') from pg_class where oid = 'step'::regclass";

    private final OwnerAccess owner;
    private final CerminConfig config;

    Upkeep(OwnerAccess owner, CerminConfig config) {
        this.owner = owner;
        this.config = config;
    }

    /**
     * Does what there is to be done; nothing where this process isn't the owner.
     *
     * @throws SQLException also where a table is in use for too long: then it is done the next time
     */
    public void run(Instant now) throws SQLException {
        try (Connection connection = owner.connection()) {
            Sql sql = new Sql(connection);
            if (sql.holds(OWNER)) {
                connection.setAutoCommit(false);
                try {
                    settle(connection);
                    complete(connection, now);
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private void settle(Connection connection) throws SQLException {
        new Sql(connection).text("select pg_advisory_xact_lock(%d)".formatted(LOCK));
        if (owner.services().isPresent()) {
            Rights.settle(connection, owner.services().get(), owner.password());
        }
        connection.commit();
    }

    private void complete(Connection connection, Instant now) throws SQLException {
        Sql sql = new Sql(connection);
        sql.text("select pg_advisory_xact_lock(%d)".formatted(LOCK));
        sql.run(PATIENCE);
        new Partitions(connection).complete(config.store().partitions(), ownRetention(), now);
        connection.commit();
    }

    private Set<String> ownRetention() {
        return config.tenants().entrySet().stream()
                .filter(tenant -> tenant.getValue().retention().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
