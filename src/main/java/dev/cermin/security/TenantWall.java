package dev.cermin.security;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Every connection of the pool shows what its caller may see: for one with a tenant it takes a role to which Postgres
 * shows that tenant's rows alone (row-level security), whatever is asked. Where that fails, the caller gets no connection.
 * The services' own work, and callers for all tenants, go by the role that is logged in.
 */
@Singleton
class TenantWall implements AgroalPoolInterceptor {
    /** In {@code store.Walls} too, which puts up the walls. */
    private static final String SET =
            "select set_config('cermin.tenant', ?, false), set_config('role', 'cermin_tenant', false)";

    private static final String RESET =
            "select set_config('role', 'none', false), set_config('cermin.tenant', '', false)";

    private static final Logger LOG = Logger.getLogger(TenantWall.class);

    private final Callers callers;

    /** Those that may still have the role: a transaction that is rolled back takes back what was set within it. */
    private final Set<PGConnection> bound = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    TenantWall(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        String tenant = callers.current().tenant();
        try {
            PGConnection raw = connection.unwrap(PGConnection.class);
            if (tenant != null) {
                bound.add(raw);
                bind(connection, tenant);
            } else if (bound.contains(raw)) {
                free(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A connection can't be kept to its caller's tenant: " + e.getMessage(), e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            PGConnection raw = connection.unwrap(PGConnection.class);
            if (bound.contains(raw)) {
                free(connection);
                bound.remove(raw);
            }
        } catch (SQLException e) {
            // it stays among those that are bound, and is freed, or fails, when it is next taken
            LOG.debugf("A connection is freed of its tenant later: %s", e.getMessage());
        }
    }

    private static void bind(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, tenant);
            set.executeQuery().close();
        }
    }

    private static void free(Connection connection) throws SQLException {
        try (PreparedStatement reset = connection.prepareStatement(RESET)) {
            reset.executeQuery().close();
        }
    }
}
