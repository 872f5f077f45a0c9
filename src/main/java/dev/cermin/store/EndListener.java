package dev.cermin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/** A bean of this type hears of tasks that have ended, each once, in the transaction that stores their end. */
@FunctionalInterface
public interface EndListener {
    /** What it throws undoes the transaction, which is then tried again. */
    void ended(Connection connection, Collection<UUID> tasks) throws SQLException;
}
