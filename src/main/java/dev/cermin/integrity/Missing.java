package dev.cermin.integrity;

import dev.cermin.audit.Entry;
import dev.cermin.store.TaskSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Traces that the log or a task's row tells of, and that have no steps: taken away, or dropped by retention. Those of a
 * time. Thread-safe.
 */
final class Missing {
    private static final String WITHOUT_STEPS =
            "select id from unnest(?::uuid[]) as ids (id)" + " where not exists (select from step where task_id = id)";
    private static final String DROPPED =
            "select exists (select from retention_log where (tenant is null or tenant = ?)"
                    + " and coalesce(from_time, '-infinity') <= ?::timestamptz and to_time > ?::timestamptz)";

    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final Set<UUID> tasks = new TreeSet<>();
    private long dropped;

    Missing(@Nullable Instant from, @Nullable Instant to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Looks for some among what is known of tasks.
     *
     * @param seen those that have steps
     */
    void look(
            Connection connection,
            Collection<UUID> seen,
            Map<UUID, TaskSummary> rows,
            Map<UUID, List<Evidence.Leaf>> leaves)
            throws SQLException {
        Set<UUID> unseen = new HashSet<>(rows.keySet());
        unseen.addAll(leaves.keySet());
        seen.forEach(unseen::remove);
        unseen.removeIf(task -> !rows.containsKey(task) && logged(leaves.getOrDefault(task, List.of())) == null);
        if (unseen.isEmpty()) {
            return;
        }
        // some may have come since the others were read
        for (UUID task : withoutSteps(connection, unseen)) {
            Entry.Trace trace = logged(leaves.getOrDefault(task, List.of()));
            boolean due = trace != null && isDropped(connection, trace);
            synchronized (tasks) {
                if (due && !rows.containsKey(task)) {
                    dropped++;
                } else {
                    tasks.add(task);
                }
            }
        }
    }

    List<UUID> tasks() {
        synchronized (tasks) {
            return List.copyOf(tasks);
        }
    }

    long dropped() {
        synchronized (tasks) {
            return dropped;
        }
    }

    private Entry.@Nullable Trace logged(List<Evidence.Leaf> leaves) {
        return leaves.stream()
                .map(Evidence.Leaf::entry)
                .filter(Entry.Trace.class::isInstance)
                .map(Entry.Trace.class::cast)
                .filter(trace -> isWithin(Instant.parse(trace.created())))
                .findFirst()
                .orElse(null);
    }

    private static Set<UUID> withoutSteps(Connection connection, Set<UUID> ids) throws SQLException {
        Set<UUID> found = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(WITHOUT_STEPS)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
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

    private boolean isWithin(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** Of rows of that time. */
    String created() {
        return range("created_at", from, to);
    }

    /** Of leaves of about that time, and of all erasures: as texts, instants are in order up to a second. */
    String logged() {
        String created = "split_part(entry, ' ', 6)";
        String traces =
                range(created, from == null ? null : from.minusSeconds(1), to == null ? null : to.plusSeconds(1));
        return "(entry not like 'trace %' or " + traces + ")";
    }

    /** A condition in SQL; instants have no characters that mean something there. */
    static String range(String column, @Nullable Instant from, @Nullable Instant to) {
        return (from == null ? "true" : column + " >= '" + from + "'")
                + (to == null ? "" : " and " + column + " < '" + to + "'");
    }
}
