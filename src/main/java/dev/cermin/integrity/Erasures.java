package dev.cermin.integrity;

import dev.cermin.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Erases texts of ended tasks and keeps a record of that, which the log covers; the hashes stay, so chains hold. There is no
 * way back. Thread-safe.
 */
@ApplicationScoped
public class Erasures {
    /** The texts that a step can have. */
    public static final List<String> NAMES = List.of("prompt", "response", "thinking", "output", "findings");

    private static final String ERASE = "select erase_texts(?, ?, ?, ?, ?)";
    private static final String NOT_ENDED = "55000";
    // as it is written in a text, and within JSON, as findings have it
    private static final String FIND =
            "select s.task_id, array_agg(s.number || ':' || n.name order by s.number, n.name)"
                    + " from step s, lateral (values ('prompt', s.prompt),"
                    + " ('response', s.response), ('thinking', s.thinking), ('output', s.output), ('findings', s.findings))"
                    + " as n (name, text) where (n.text ilike ? or n.text ilike ?)"
                    + " group by s.task_id, s.created_at order by s.created_at, s.task_id";

    private final Instance<DataSource> database;

    Erasures(Instance<DataSource> database) {
        this.database = database;
    }

    /** An erasure that can't be: the task hasn't ended, or isn't there. */
    public static final class RefusedException extends RuntimeException {
        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Erases texts of one task.
     *
     * @param texts names, or {@code NUMBER:NAME} for that of one step; empty for all
     * @param by who does it
     * @param reason why, as it will be shown for good
     * @return the record; empty where there was nothing to erase
     * @throws RefusedException where the task hasn't ended, or isn't there
     * @throws IllegalArgumentException for a name that no text has, or where somebody or a reason is missing
     */
    public Optional<ErasureRecord> erase(UUID task, Collection<String> texts, String by, String reason) {
        return erase(task, texts, by, reason, false);
    }

    Optional<ErasureRecord> erase(UUID task, Collection<String> texts, String by, String reason, boolean rule) {
        texts.forEach(Erasures::requireName);
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("An erasure says who did it, and why");
        }
        try (Connection connection = database.get().getConnection();
                PreparedStatement erase = connection.prepareStatement(ERASE)) {
            erase.setObject(1, task);
            erase.setArray(2, texts.isEmpty() ? null : connection.createArrayOf("text", texts.toArray()));
            erase.setString(3, by);
            erase.setString(4, reason);
            erase.setBoolean(5, rule);
            try (ResultSet rows = erase.executeQuery()) {
                rows.next();
                Long id = rows.getObject(1, Long.class);
                return id == null ? Optional.empty() : Optional.of(record(connection, task, id));
            }
        } catch (SQLException e) {
            if (NOT_ENDED.equals(e.getSQLState())) {
                throw new RefusedException(
                        "Texts of task %s can't be erased: it has not ended, or is not there".formatted(task));
            }
            throw new IllegalStateException("Texts of task %s can't be erased: %s".formatted(task, e.getMessage()), e);
        }
    }

    private static ErasureRecord record(Connection connection, UUID task, long id) throws SQLException {
        return new LogTable(connection)
                .erasuresNumbered(List.of(id))
                .getOrDefault(task, List.of())
                .getFirst();
    }

    private static void requireName(String text) {
        String name = text.replaceFirst("^\\d{1,9}:", "");
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "A text is one of %s, or NUMBER:NAME for that of one step, not '%s'".formatted(NAMES, text));
        }
    }

    /** All records of a task, the first one first. */
    public List<ErasureRecord> of(UUID task) {
        try (Connection connection = database.get().getConnection()) {
            return new LogTable(connection).erasures(Which.tasks(List.of(task))).getOrDefault(task, List.of());
        } catch (SQLException e) {
            throw new IllegalStateException("Erasures can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * The texts that contain an identifier, in whatever case, by task, as {@code NUMBER:NAME}: reads all steps.
     *
     * @param person such as a name or an address
     */
    public Map<UUID, List<String>> containing(String person) {
        if (person.isBlank()) {
            throw new IllegalArgumentException("An identifier is expected that texts can contain");
        }
        Map<UUID, List<String>> found = new TreeMap<>();
        String json = Json.text(person);
        try (Connection connection = database.get().getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, pattern(person));
            find.setString(2, pattern(json.substring(1, json.length() - 1)));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), List.of((String[])
                            rows.getArray(2).getArray()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Texts can't be searched: " + e.getMessage(), e);
        }
        return found;
    }

    private static String pattern(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /**
     * Ended tasks from before a time whose texts no rule has erased yet, the oldest first.
     *
     * @param tenant null for those of all tenants but the given others
     */
    List<UUID> due(Instant before, @Nullable String tenant, Collection<String> others, int most) throws SQLException {
        List<UUID> due = new ArrayList<>();
        try (Connection connection = database.get().getConnection();
                PreparedStatement select = connection.prepareStatement("select id from task t where created_at < ? and"
                        + " stop_reason is not null and (tenant = ? or ?::text is null and tenant <> all (?)) and not exists"
                        + " (select from erasure e where e.task_id = t.id and e.rule)"
                        + " and exists (select from step s where s.task_id = t.id and coalesce(s.output, s.findings, s.prompt,"
                        + " s.response, s.thinking) is not null) order by created_at limit ?")) {
            select.setObject(1, before.atOffset(ZoneOffset.UTC));
            select.setString(2, tenant);
            select.setString(3, tenant);
            select.setArray(4, connection.createArrayOf("text", others.toArray()));
            select.setInt(5, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return due;
    }
}
