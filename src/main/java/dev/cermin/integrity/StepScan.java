package dev.cermin.integrity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of steps in the order of their tasks and numbers, as bytes: {@code COPY} sends one row a message. Not thread-safe.
 */
final class StepScan implements AutoCloseable {
    /** The signature, flags, and the length of an extension, which has none. */
    private static final int HEADER = 19;

    private final CopyOut copy;
    private boolean begun;
    private byte @Nullable [] ahead;

    /**
     * Rows of one task.
     *
     * @param offset where the row begins
     */
    record Row(byte[] bytes, int offset) {}

    record Rows(UUID task, List<Row> rows) {}

    /** @param where a condition on steps, which comes from no user */
    StepScan(Connection connection, String where) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + RowDecoder.COLUMNS + " from step where " + where
                        + " order by task_id, number) to stdout (format binary)");
        ahead = read();
    }

    /** Those of the next task; null behind the last. */
    @Nullable
    Rows next() throws SQLException {
        byte[] first = ahead;
        if (first == null) {
            return null;
        }
        List<Row> rows = new ArrayList<>();
        UUID task = RowDecoder.task(first, offset);
        byte[] row = first;
        while (row != null && RowDecoder.task(row, offset).equals(task)) {
            rows.add(new Row(row, offset));
            row = read();
        }
        ahead = row;
        return new Rows(task, rows);
    }

    /** Of the row that was read last. */
    private int offset;

    private byte @Nullable [] read() throws SQLException {
        byte[] message = copy.readFromCopy();
        offset = begun ? 0 : HEADER;
        begun = true;
        if (message != null && message[offset] == -1) {
            // a row of -1 columns is the end; what the server says behind it has to be read, too
            message = copy.readFromCopy();
        }
        return message;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
