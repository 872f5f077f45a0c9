package dev.cermin.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Statements without parameters, as those that define tables have to be. */
record Sql(Connection connection) {
    /** @return how many rows it touched */
    long run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        }
    }

    boolean holds(String sql) throws SQLException {
        return "t".equals(text(sql));
    }

    long count(String sql) throws SQLException {
        String count = text(sql);
        return count == null ? 0 : Long.parseLong(count);
    }

    @Nullable
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Nullable
    Instant time(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            OffsetDateTime time = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
            return time == null ? null : time.toInstant();
        }
    }

    /** A text as a literal. */
    String literal(String text) throws SQLException {
        return "'" + connection.unwrap(PGConnection.class).escapeLiteral(text) + "'";
    }
}
