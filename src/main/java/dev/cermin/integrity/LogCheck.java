package dev.cermin.integrity;

import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.MerkleProof;
import dev.cermin.audit.MerkleTree;
import dev.cermin.audit.NoteKey;
import dev.cermin.audit.SignedNote;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the log is what was signed, here and in a copy kept elsewhere. Over one connection, not thread-safe. */
final class LogCheck {
    private static final int FETCH = 10_000;

    private final Connection connection;
    private final List<NoteKey> keys;
    private final List<String> problems = new ArrayList<>();
    private int signatures;

    /** @param keys none: then signatures aren't looked at */
    LogCheck(Connection connection, List<NoteKey> keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /** What has to hold at a size. */
    private record Wanted(Checkpoint checkpoint, String where) {}

    /**
     * Reads all of the log, and compares it to every checkpoint.
     *
     * @param copy of checkpoints
     */
    LogReport all(List<SignedNote> copy) throws SQLException {
        Map<Long, List<Wanted>> wanted = new TreeMap<>();
        List<Checkpoint> own = wanted(copy, wanted);
        MerkleTree tree = new MerkleTree();
        compare(tree, wanted);
        // rows come in portions only within a transaction
        boolean alone = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (PreparedStatement select =
                connection.prepareStatement("select index, entry from audit_leaf order by index")) {
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) != tree.size()) {
                        problems.add("entry %d of the log is missing".formatted(tree.size()));
                        break;
                    }
                    tree.add(rows.getString(2).getBytes(StandardCharsets.UTF_8));
                    compare(tree, wanted);
                }
            }
        } finally {
            if (alone) {
                connection.setAutoCommit(true);
            }
        }
        wanted.values().stream()
                .flatMap(List::stream)
                .forEach(
                        left -> problems.add("the log has %d entries, and %s has a checkpoint of %d: it was rolled back"
                                .formatted(
                                        tree.size(),
                                        left.where(),
                                        left.checkpoint().size())));
        return report(tree.size(), own, copy);
    }

    /** The same by a few hashes: that the newest checkpoints are beginnings of the log as it stands. */
    LogReport newest(List<SignedNote> copy) throws SQLException {
        Map<Long, List<Wanted>> wanted = new TreeMap<>();
        List<Checkpoint> own = wanted(copy, wanted);
        LogTable log = new LogTable(connection);
        long size = log.size();
        try {
            byte[] now = MerkleProof.root(size, log);
            for (Wanted each : wanted.values().stream().flatMap(List::stream).toList()) {
                Checkpoint one = each.checkpoint();
                if (one.size() > size) {
                    problems.add("the log has %d entries, and %s has a checkpoint of %d: it was rolled back"
                            .formatted(size, each.where(), one.size()));
                } else if (!MerkleProof.isConsistent(
                        one.size(), one.root(), size, now, MerkleProof.consistency(one.size(), size, log))) {
                    problems.add("the log doesn't go on from the checkpoint of %d entries that %s has"
                            .formatted(one.size(), each.where()));
                }
            }
        } catch (IllegalStateException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return report(size, own, copy);
    }

    private LogReport report(long size, List<Checkpoint> own, List<SignedNote> copy) throws SQLException {
        Instant at = null;
        try {
            at = new LogTable(connection)
                    .newestCheckpoint()
                    .map(LogTable.Signed::at)
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            // said above
        }
        return new LogReport(
                size, own.isEmpty() ? 0 : own.getLast().size(), at, own.size(), copy.size(), signatures, problems);
    }

    private List<Checkpoint> wanted(List<SignedNote> copy, Map<Long, List<Wanted>> wanted) throws SQLException {
        List<Checkpoint> own = new ArrayList<>();
        try {
            for (LogTable.Signed signed : new LogTable(connection).checkpoints()) {
                add(signed.note(), "Postgres", wanted);
                own.add(signed.checkpoint());
            }
        } catch (IllegalArgumentException e) {
            problems.add("a checkpoint in Postgres is none: " + e.getMessage());
        }
        for (SignedNote note : copy) {
            add(note, "the copy", wanted);
        }
        return own;
    }

    private void add(SignedNote note, String where, Map<Long, List<Wanted>> wanted) {
        Checkpoint checkpoint = Checkpoint.of(note.text());
        String fault = fault(note);
        if (fault != null) {
            problems.add("the checkpoint of %d entries in %s: %s".formatted(checkpoint.size(), where, fault));
        } else {
            signatures += keys.isEmpty() ? 0 : 1;
        }
        wanted.computeIfAbsent(checkpoint.size(), size -> new ArrayList<>()).add(new Wanted(checkpoint, where));
    }

    private @Nullable String fault(SignedNote note) {
        try {
            return keys.isEmpty() || note.signedByAny(keys) ? null : "no known key signed it";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private void compare(MerkleTree tree, Map<Long, List<Wanted>> wanted) {
        List<Wanted> here = wanted.remove(tree.size());
        if (here == null) {
            return;
        }
        byte[] root = tree.root();
        for (Wanted each : here) {
            if (!Arrays.equals(root, each.checkpoint().root())) {
                problems.add("the first %d entries of the log are not what %s has a checkpoint of"
                        .formatted(tree.size(), each.where()));
            }
        }
    }
}
