package dev.cermin.peers;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The stored steps of a prototype: a row each, the key the task and the step's number. Of one thread. */
final class Rows implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;
    private final List<Row> batch = new ArrayList<>();

    /** Of one step. */
    record Row(String task, int number, String body) {
        String key() {
            return task + "/" + number;
        }
    }

    Rows(Server server) throws SQLException {
        connection = server.connect();
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("insert into peer_step (task_id, number, body)"
                + " select * from unnest(?::uuid[], ?::int[], ?::text[])"
                + " on conflict do nothing returning task_id, number");
    }

    static void create(Server server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists peer_step");
            statement.execute("create table peer_step"
                    + " (task_id uuid, number integer, body text not null, primary key (task_id, number))");
        }
    }

    void add(Row row) {
        batch.add(row);
    }

    /** Commits what was added, and gives the keys of those that were not there before. */
    Set<String> store() throws SQLException {
        Set<String> won = new HashSet<>();
        if (batch.isEmpty()) {
            return won;
        }
        setArray(1, "uuid", batch.stream().map(Row::task).toArray());
        setArray(2, "int", batch.stream().map(Row::number).toArray());
        setArray(3, "text", batch.stream().map(Row::body).toArray());
        try (ResultSet stored = insert.executeQuery()) {
            while (stored.next()) {
                won.add(stored.getString(1) + "/" + stored.getInt(2));
            }
        }
        connection.commit();
        batch.clear();
        return won;
    }

    private void setArray(int index, String type, Object... values) throws SQLException {
        Array array = connection.createArrayOf(type, values);
        insert.setArray(index, array);
        array.free();
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from peer_step")) {
            rows.next();
            long count = rows.getLong(1);
            connection.commit();
            return count;
        }
    }

    /** What is stored there already: whoever comes second goes on with it. */
    String stored(String task, int number) throws SQLException {
        try (PreparedStatement read =
                connection.prepareStatement("select body from peer_step where task_id = ?::uuid and number = ?")) {
            read.setString(1, task);
            read.setInt(2, number);
            try (ResultSet rows = read.executeQuery()) {
                rows.next();
                String body = rows.getString(1);
                connection.commit();
                return body;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
