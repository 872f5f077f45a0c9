package dev.cermin.store;

import dev.cermin.trace.Origin;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Where tasks come from whose messages don't say so, as those of earlier versions: their submit steps, or their rows. */
final class TaskOrigins {
    private static final String STORED = "select id, tenant, created_at from task where id = any (?::uuid[])";

    private final Connection connection;

    TaskOrigins(Connection connection) {
        this.connection = connection;
    }

    /**
     * Adds those that are missing.
     *
     * @throws IllegalArgumentException for a step whose task nobody knows: its place would be another one later
     */
    void complete(Map<UUID, Origin> origins, List<TraceStep> steps) throws SQLException {
        Set<UUID> missing = new TreeSet<>();
        for (TraceStep step : steps) {
            if (!origins.containsKey(step.taskId())) {
                if (step.kind() == StepKind.SUBMIT) {
                    origins.put(step.taskId(), Origin.ofSubmit(step));
                } else {
                    missing.add(step.taskId());
                }
            }
        }
        missing.removeAll(origins.keySet());
        if (!missing.isEmpty()) {
            lookUp(missing, origins);
            missing.removeAll(origins.keySet());
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "Task %s is not known, and the message doesn't say whose it is; its first"
                                    .formatted(missing.iterator().next())
                            + " step has to be stored before");
        }
    }

    private void lookUp(Set<UUID> missing, Map<UUID, Origin> origins) throws SQLException {
        try (PreparedStatement stored = connection.prepareStatement(STORED)) {
            new ArrayColumns(stored).column("uuid", List.copyOf(missing), task -> task);
            try (ResultSet rows = stored.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime created = rows.getObject(3, OffsetDateTime.class);
                    origins.put(rows.getObject(1, UUID.class), new Origin(rows.getString(2), created.toInstant()));
                }
            }
        }
    }
}
