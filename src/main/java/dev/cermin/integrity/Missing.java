package dev.cermin.integrity;

import dev.cermin.audit.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Traces that the log or a task's row tells of, and that have no steps: taken away, or dropped by retention. */
final class Missing {
    private static final String LOGGED =
            "select entry from audit_leaf l where not exists" + " (select from step s where s.task_id = l.task_id)";
    private static final String DROPPED =
            "select exists (select from retention_log where (tenant is null or tenant = ?)"
                    + " and coalesce(from_time, '-infinity') <= ?::timestamptz and to_time > ?::timestamptz)";

    private final Set<UUID> tasks = new TreeSet<>();
    private long dropped;

    Missing(Connection connection, @Nullable Instant from, @Nullable Instant to) throws SQLException {
        Set<UUID> seen = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            boolean known = isRetentionKnown(statement);
            List<Entry.Trace> gone = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(LOGGED)) {
                while (rows.next()) {
                    if (Entry.of(rows.getString(1)) instanceof Entry.Trace trace
                            && isWithin(Instant.parse(trace.created()), from, to)
                            && seen.add(trace.task())) {
                        gone.add(trace);
                    }
                }
            }
            for (Entry.Trace trace : gone) {
                if (known && isDropped(connection, trace)) {
                    dropped++;
                } else {
                    tasks.add(trace.task());
                }
            }
            try (ResultSet rows = statement.executeQuery("select id from task t where "
                    + range("created_at", from, to)
                    + " and not exists (select from step s where s.task_id = t.id)")) {
                while (rows.next()) {
                    tasks.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    List<UUID> tasks() {
        return List.copyOf(tasks);
    }

    long dropped() {
        return dropped;
    }

    private static boolean isRetentionKnown(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select to_regclass('retention_log') is not null")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static boolean isDropped(Connection connection, Entry.Trace trace) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DROPPED)) {
            select.setString(1, trace.tenant());
            select.setString(2, trace.created());
            select.setString(3, trace.created());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static boolean isWithin(Instant time, @Nullable Instant from, @Nullable Instant to) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** A condition in SQL; instants have no characters that mean something there. */
    static String range(String column, @Nullable Instant from, @Nullable Instant to) {
        return (from == null ? "true" : column + " >= '" + from + "'")
                + (to == null ? "" : " and " + column + " < '" + to + "'");
    }
}
