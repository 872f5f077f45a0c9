package dev.cermin.integrity;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.Entry;
import dev.cermin.audit.MerkleProof;
import dev.cermin.audit.MerkleTree;
import dev.cermin.audit.SignedNote;
import dev.cermin.json.Json;
import dev.cermin.store.TaskSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log and what stands beside steps. Over one connection, not thread-safe. */
final class LogTable implements MerkleProof.Nodes {
    private final Connection connection;

    LogTable(Connection connection) {
        this.connection = connection;
    }

    /** A checkpoint as it was signed. */
    record Signed(SignedNote note, Checkpoint checkpoint, Instant at) {}

    long size() throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select coalesce(max(index) + 1, 0) from audit_leaf");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** How much is to be logged. */
    long waiting() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from audit_waiting");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** @throws IllegalArgumentException where what is there is no checkpoint */
    Optional<Signed> newestCheckpoint() throws SQLException {
        List<Signed> newest = checkpoints("order by size desc limit 1");
        return newest.isEmpty() ? Optional.empty() : Optional.of(newest.getFirst());
    }

    /** All, the smallest first. */
    List<Signed> checkpoints() throws SQLException {
        return checkpoints("order by size");
    }

    private List<Signed> checkpoints(String order) throws SQLException {
        List<Signed> all = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select note, at, size from audit_checkpoint " + order);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                SignedNote note = SignedNote.of(rows.getString(1));
                Checkpoint checkpoint = Checkpoint.of(note.text());
                if (checkpoint.size() != rows.getLong(3)) {
                    throw new IllegalArgumentException("The checkpoint of size %d is stored as that of %d"
                            .formatted(checkpoint.size(), rows.getLong(3)));
                }
                all.add(new Signed(
                        note,
                        checkpoint,
                        rows.getObject(2, OffsetDateTime.class).toInstant()));
            }
        }
        return all;
    }

    /** The tree as it stands, to go on from. */
    MerkleTree tree() throws SQLException {
        long size = size();
        List<byte[]> peaks = new ArrayList<>();
        long begin = 0;
        while (begin < size) {
            int level = 63 - Long.numberOfLeadingZeros(size - begin);
            peaks.add(hash(level, begin >> level));
            begin += 1L << level;
        }
        return MerkleTree.of(size, peaks);
    }

    /** @throws IllegalStateException where the log lacks it */
    @Override
    public byte[] hash(int level, long index) {
        String sql = level == 0
                ? "select convert_to(entry, 'UTF8') from audit_leaf where index = ?"
                : "select hash from audit_node where index = ? and level = " + level;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, index);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("The log lacks the hash of level %d, %d".formatted(level, index));
                }
                byte[] found = rows.getBytes(1);
                return level > 0 ? found : leafHash(found);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The log can't be read: " + e.getMessage(), e);
        }
    }

    private static byte[] leafHash(byte[] entry) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 0);
            return sha256.digest(entry);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    Map<UUID, TaskSummary> tasks(Collection<UUID> ids) throws SQLException {
        return tasks(Which.tasks(ids), "true");
    }

    /** @param condition on what else has to hold for a task, which comes from no user */
    Map<UUID, TaskSummary> tasks(Which which, String condition) throws SQLException {
        Map<UUID, TaskSummary> all = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select id, tenant, agent, agent_version, agent_hash,"
                                + " created_at, deadline, steps, rounds, calls, tokens_in, tokens_out, cost, stop_reason,"
                                + " accepted, finished_at, head from task where " + which.of("id") + " and "
                                + condition);
                ResultSet rows = query(select, which)) {
            while (rows.next()) {
                UUID id = rows.getObject(1, UUID.class);
                all.put(
                        id,
                        new TaskSummary(
                                id,
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getObject(6, OffsetDateTime.class).toInstant(),
                                time(rows, 7),
                                rows.getInt(8),
                                rows.getInt(9),
                                rows.getInt(10),
                                rows.getLong(11),
                                rows.getLong(12),
                                rows.getBigDecimal(13).stripTrailingZeros(),
                                rows.getString(14),
                                rows.getObject(15, Boolean.class),
                                time(rows, 16),
                                rows.getString(17)));
            }
        }
        return all;
    }

    private static @Nullable Instant time(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    Map<UUID, List<ErasureRecord>> erasures(Which tasks) throws SQLException {
        return erasures("task_id", tasks);
    }

    /** By the records' own numbers. */
    Map<UUID, List<ErasureRecord>> erasuresNumbered(Collection<Long> ids) throws SQLException {
        return erasures("id", Which.numbers(ids));
    }

    private Map<UUID, List<ErasureRecord>> erasures(String column, Which which) throws SQLException {
        Map<UUID, List<ErasureRecord>> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select task_id, id, at, by, reason, rule, texts"
                        + " from erasure where " + which.of(column) + " order by id");
                ResultSet rows = query(select, which)) {
            while (rows.next()) {
                ErasureRecord record = new ErasureRecord(
                        rows.getObject(1, UUID.class),
                        rows.getLong(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getBoolean(6),
                        Json.read(rows.getString(7), new TypeReference<List<ErasureRecord.Text>>() {}));
                all.computeIfAbsent(record.task(), id -> new ArrayList<>()).add(record);
            }
        }
        return all;
    }

    Map<UUID, List<Evidence.Leaf>> leaves(Collection<UUID> ids) throws SQLException {
        return leaves(Which.tasks(ids), "true");
    }

    /** @param condition on what else has to hold for a leaf, which comes from no user */
    Map<UUID, List<Evidence.Leaf>> leaves(Which tasks, String condition) throws SQLException {
        Map<UUID, List<Evidence.Leaf>> all = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select task_id, index, entry from audit_leaf where "
                                + tasks.of("task_id") + " and " + condition + " order by index");
                ResultSet rows = query(select, tasks)) {
            while (rows.next()) {
                all.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                        .add(new Evidence.Leaf(rows.getLong(2), Entry.of(rows.getString(3))));
            }
        }
        return all;
    }

    private ResultSet query(PreparedStatement select, Which which) throws SQLException {
        which.setTo(select, connection);
        return select.executeQuery();
    }
}
