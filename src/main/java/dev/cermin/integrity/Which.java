package dev.cermin.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are meant: those of some tasks, or of a range of their ids.
 *
 * @param condition in SQL, with {@code %1$s} for the column
 * @param values of its parameters: ids, or an array of them
 */
record Which(String condition, List<Object> values) {
    static Which tasks(Collection<UUID> ids) {
        return new Which("%1$s = any (?)", List.of((Object) ids.toArray(UUID[]::new)));
    }

    static Which numbers(Collection<Long> ids) {
        return new Which("%1$s = any (?)", List.of((Object) ids.toArray(Long[]::new)));
    }

    /** @param before of which none is meant; null for no bound */
    static Which from(UUID first, @Nullable UUID before) {
        return before == null
                ? new Which("%1$s >= ?", List.of(first))
                : new Which("%1$s >= ? and %1$s < ?", List.of(first, before));
    }

    String of(String column) {
        return condition.formatted(column);
    }

    /** Sets its parameters, which are the statement's only ones. */
    void setTo(PreparedStatement statement, Connection connection) throws SQLException {
        int i = 1;
        for (Object value : values) {
            if (value instanceof Object[] ids) {
                statement.setArray(i++, connection.createArrayOf(ids instanceof Long[] ? "int8" : "uuid", ids));
            } else {
                statement.setObject(i++, value);
            }
        }
    }
}
