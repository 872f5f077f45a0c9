package dev.cermin.integrity;

import dev.cermin.audit.Entry;
import dev.cermin.audit.MerkleTree;
import dev.cermin.store.TaskSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends to the log what waits for it, in the caller's transaction. */
final class Entries {
    /** Of the advisory lock by which one process at a time appends and signs. */
    private static final long LOCK = 0x6365726d696e0001L;

    private final Connection connection;
    private final LogTable log;

    Entries(Connection connection) {
        this.connection = connection;
        this.log = new LogTable(connection);
    }

    private record Waiting(long id, UUID task, @Nullable Long erasure) {}

    /** Until the transaction ends; false where another process has it. */
    boolean lock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** @return how many that waited were dealt with: fewer than {@code most} where no more wait */
    int append(int most) throws SQLException {
        List<Waiting> waiting = waiting(most);
        if (waiting.isEmpty()) {
            return 0;
        }
        List<Entry> entries = entries(waiting);
        if (!entries.isEmpty()) {
            write(entries, log.tree());
        }
        try (PreparedStatement done = connection.prepareStatement("delete from audit_waiting where id = any (?)")) {
            done.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", waiting.stream().map(Waiting::id).toArray()));
            done.executeUpdate();
        }
        return waiting.size();
    }

    private List<Waiting> waiting(int most) throws SQLException {
        List<Waiting> all = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id, task_id, erasure from audit_waiting order by id limit ?")) {
            select.setInt(1, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(new Waiting(rows.getLong(1), rows.getObject(2, UUID.class), rows.getObject(3, Long.class)));
                }
            }
        }
        return all;
    }

    /** None for a task that stands as the log has it already. */
    private List<Entry> entries(List<Waiting> waiting) throws SQLException {
        Set<UUID> ids = new LinkedHashSet<>();
        Set<Long> records = new LinkedHashSet<>();
        waiting.forEach(each -> ids.add(each.task()));
        waiting.stream().filter(each -> each.erasure() != null).forEach(each -> records.add(each.erasure()));
        Map<UUID, TaskSummary> tasks = log.tasks(ids);
        Map<UUID, List<Evidence.Leaf>> logged = log.leaves(ids);
        List<Entry> entries = new ArrayList<>();
        for (UUID id : ids) {
            TaskSummary task = tasks.get(id);
            // one that retention has dropped meanwhile is none any more
            if (task != null && !task.running()) {
                Entry.Trace entry = entry(task);
                if (logged.getOrDefault(id, List.of()).stream()
                        .noneMatch(leaf -> leaf.entry().equals(entry))) {
                    entries.add(entry);
                }
            }
        }
        if (!records.isEmpty()) {
            log.erasuresNumbered(records).values().stream()
                    .flatMap(List::stream)
                    .sorted((one, other) -> Long.compare(one.id(), other.id()))
                    .forEach(record -> entries.add(new Entry.Erasure(record.task(), record.id(), record.hash())));
        }
        return entries;
    }

    static Entry.Trace entry(TaskSummary task) {
        return new Entry.Trace(
                task.id(),
                task.steps(),
                task.head(),
                TaskState.hash(task),
                task.createdAt().toString(),
                task.tenant());
    }

    private void write(List<Entry> entries, MerkleTree tree) throws SQLException {
        try (PreparedStatement leaf =
                        connection.prepareStatement("insert into audit_leaf (index, task_id, entry) values (?, ?, ?)");
                PreparedStatement node =
                        connection.prepareStatement("insert into audit_node (level, index, hash) values (?, ?, ?)")) {
            List<byte[]> hashes = new ArrayList<>();
            List<long[]> places = new ArrayList<>();
            for (Entry entry : entries) {
                leaf.setLong(1, tree.size());
                leaf.setObject(2, entry.task());
                leaf.setString(3, entry.text());
                leaf.addBatch();
                tree.add(entry.bytes(), (level, index, hash) -> {
                    if (level > 0) {
                        places.add(new long[] {level, index});
                        hashes.add(hash);
                    }
                });
            }
            for (int i = 0; i < places.size(); i++) {
                node.setInt(1, (int) places.get(i)[0]);
                node.setLong(2, places.get(i)[1]);
                node.setBytes(3, hashes.get(i));
                node.addBatch();
            }
            leaf.executeBatch();
            node.executeBatch();
        }
    }
}
