package dev.cermin.integrity;

import dev.cermin.audit.NoteKey;
import dev.cermin.audit.SignedNote;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Checks the log, and many traces at once. Reads only; thread-safe. */
@ApplicationScoped
public class LogVerifier {
    private final Instance<DataSource> database;

    LogVerifier(Instance<DataSource> database) {
        this.database = database;
    }

    /**
     * Whether the newest checkpoints, Postgres' own and those of a copy, are beginnings of the log: by a few hashes.
     *
     * @param keys none: then signatures aren't looked at
     */
    public LogReport log(List<SignedNote> copy, List<NoteKey> keys) throws SQLException {
        try (Connection connection = database.get().getConnection()) {
            return new LogCheck(connection, keys).newest(copy);
        }
    }

    /** How many tasks were created in a time. */
    public long tasks(@Nullable Instant from, @Nullable Instant to) throws SQLException {
        try (Connection connection = database.get().getConnection();
                PreparedStatement count = connection.prepareStatement(
                        "select count(*) from task where " + Missing.range("created_at", from, to));
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Checks all traces of tasks that were created in a time, and all of the log.
     *
     * @param from null for no bound
     * @param to no longer among them; null for no bound
     * @param copy of checkpoints, kept elsewhere
     * @param done told of numbers of traces as they are checked, by several threads
     */
    public SweepReport traces(
            @Nullable Instant from, @Nullable Instant to, List<SignedNote> copy, List<NoteKey> keys, LongConsumer done)
            throws SQLException, InterruptedException {
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        return new Sweep(database.get(), threads).run(from, to, copy, keys, done);
    }
}
