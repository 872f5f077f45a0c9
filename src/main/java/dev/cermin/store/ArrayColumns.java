package dev.cermin.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement as arrays, one for each column: what {@code unnest} makes rows of. */
final class ArrayColumns {
    private final PreparedStatement statement;
    private int columns;

    ArrayColumns(PreparedStatement statement) {
        this.statement = statement;
    }

    /**
     * The next column.
     *
     * @param type Postgres' name for that of a value
     */
    <T> ArrayColumns column(String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object one = value.apply(rows.get(i));
            values[i] = one == null ? null : one.toString();
        }
        statement.setArray(++columns, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
