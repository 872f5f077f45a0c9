package dev.cermin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Brings the index that searches and filters go by up to date with the tasks' rows, which say themselves what has
 * changed. One at a time over all processes. Thread-safe.
 */
@ApplicationScoped
public class Indexer {
    private static final Logger LOG = Logger.getLogger(Indexer.class);

    /** The more at once, the less each costs; so many fit into what Postgres has for it. */
    private static final int MOST = 20_000;

    private final Instance<Session> session;

    Indexer(Instance<Session> session) {
        this.session = session;
    }

    /**
     * Takes a batch of what has changed.
     *
     * @return whether there may be more
     */
    @Transactional
    public boolean index() {
        return session.get().doReturningWork(Indexer::index);
    }

    private static boolean index(Connection connection) throws SQLException {
        try (PreparedStatement index = connection.prepareStatement("select index_changed(?)")) {
            index.setInt(1, MOST);
            try (ResultSet row = index.executeQuery()) {
                row.next();
                for (SQLWarning left = index.getWarnings(); left != null; left = left.getNextWarning()) {
                    LOG.warn(left.getMessage());
                }
                return row.getInt(1) == MOST;
            }
        }
    }
}
