package dev.cermin.bench;

import dev.cermin.store.OwnerAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** What Postgres itself can do from one connection: rows of the same size and key, in multi-row inserts. */
final class RawPostgres {
    private static final int BATCH = 500;
    private final OwnerAccess owner;

    /** @param owner the services themselves make no tables */
    RawPostgres(OwnerAccess owner) {
        this.owner = owner;
    }

    /**
     * Rows a second, each batch committed.
     *
     * @param loop the steps of one loop as JSON: a row each
     */
    double rowsPerSecond(List<String> loop, int rows) throws SQLException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_step"
                    + " (task_id uuid, number integer, body text not null, primary key (task_id, number))");
            try {
                return insert(connection, loop, rows);
            } finally {
                statement.execute("drop table bench_step");
            }
        }
    }

    private static double insert(Connection connection, List<String> loop, int rows) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into bench_step (task_id, number, body) values (?, ?, ?)")) {
            long begin = System.nanoTime();
            UUID task = UUID.randomUUID();
            for (int row = 0; row < rows; row++) {
                int number = row % loop.size();
                if (number == 0) {
                    task = UUID.randomUUID();
                }
                insert.setObject(1, task);
                insert.setInt(2, number);
                insert.setString(3, loop.get(number));
                insert.addBatch();
                if ((row + 1) % BATCH == 0 || row + 1 == rows) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            return rows / ((System.nanoTime() - begin) / 1e9);
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
