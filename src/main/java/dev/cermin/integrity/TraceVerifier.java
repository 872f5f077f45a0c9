package dev.cermin.integrity;

import dev.cermin.audit.MerkleProof;
import dev.cermin.integrity.TraceVerification.Logged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Checks stored traces one by one. Thread-safe. */
@ApplicationScoped
public class TraceVerifier {
    private final Instance<DataSource> database;
    private final AuditKeys keys;

    TraceVerifier(Instance<DataSource> database, AuditKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Empty for a task that nothing is known of.
     *
     * @throws IllegalStateException where Postgres can't be read
     */
    public Optional<TraceVerification> verify(UUID task) {
        try (Connection connection = database.get().getConnection()) {
            Evidence found = evidence(connection, task);
            if (found.steps().isEmpty() && found.row() == null && found.leaves().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(included(connection, found, new Inspector().inspect(found)));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The trace of task %s can't be read: %s".formatted(task, e.getMessage()), e);
        }
    }

    /** All as it is at one time, where the connection isn't within a transaction already. */
    static Evidence evidence(Connection connection, UUID task) throws SQLException {
        if (!connection.getAutoCommit()) {
            return read(connection, task);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            return read(connection, task);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Evidence read(Connection connection, UUID task) throws SQLException {
        List<StoredStep> steps = new ArrayList<>();
        // an id has no characters that mean something in SQL
        try (StepScan scan = new StepScan(connection, "task_id = '" + task + "'")) {
            StepScan.Rows rows = scan.next();
            if (rows != null) {
                RowDecoder decoder = new RowDecoder();
                rows.rows().forEach(row -> steps.add(decoder.decode(row.bytes(), row.offset())));
            }
        }
        LogTable log = new LogTable(connection);
        return new Evidence(
                task,
                steps,
                log.tasks(List.of(task)).get(task),
                log.erasures(Which.tasks(List.of(task))).getOrDefault(task, List.of()),
                log.leaves(List.of(task)).getOrDefault(task, List.of()));
    }

    /** With the proof that the newest checkpoint covers all entries of the trace: of the last of them. */
    private TraceVerification included(Connection connection, Evidence found, TraceVerification checked)
            throws SQLException {
        if (found.leaves().isEmpty() || !checked.intact()) {
            return checked;
        }
        LogTable log = new LogTable(connection);
        try {
            Optional<LogTable.Signed> newest = log.newestCheckpoint();
            if (newest.isEmpty()) {
                return checked;
            }
            LogTable.Signed signed = newest.get();
            if (!signed.note().signedByAny(keys.known()) && !keys.known().isEmpty()) {
                return checked.broken("no known key signed the log's newest checkpoint");
            }
            Inclusion inclusion = null;
            for (Evidence.Leaf leaf : found.leaves()) {
                if (leaf.index() < signed.checkpoint().size()) {
                    inclusion = inclusion(log, signed, leaf);
                    if (inclusion == null) {
                        return checked.broken(
                                "the newest checkpoint doesn't cover entry %d of the log, which is this trace's"
                                        .formatted(leaf.index()));
                    }
                }
            }
            boolean all = found.leaves().getLast().index() < signed.checkpoint().size();
            Logged logged = all && checked.logged() == Logged.WAITING ? Logged.CHECKPOINTED : checked.logged();
            return checked.with(logged, inclusion);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return checked.broken("the log is not what was signed: " + e.getMessage());
        }
    }

    private static @Nullable Inclusion inclusion(LogTable log, LogTable.Signed signed, Evidence.Leaf leaf) {
        long size = signed.checkpoint().size();
        byte[] root = signed.checkpoint().root();
        List<byte[]> path = MerkleProof.inclusion(leaf.index(), size, log);
        if (!Arrays.equals(root, MerkleProof.root(leaf.entry().bytes(), leaf.index(), size, path))) {
            return null;
        }
        return new Inclusion(
                leaf.entry().text(),
                leaf.index(),
                path.stream().map(HexFormat.of()::formatHex).toList(),
                size,
                HexFormat.of().formatHex(root),
                signed.at(),
                signed.note().toString());
    }
}
