package dev.cermin.security;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who read which trace. What is to be read is logged first, for good: what can't be logged isn't shown. Rows are only ever
 * added; after {@code cermin.security.keep-reads} they go. Blocks; thread-safe.
 */
@Singleton
public class ReadLog {
    /** The longest page. */
    public static final int MOST = 200;

    private static final int LONGEST = 1000;
    private static final String ADD = "insert into trace_read (tenant, who, task_id, how, what)"
            + " values (coalesce((select tenant from task where id = ?), ?), ?, ?, ?, ?)";
    private static final String READ = "select id, at, tenant, who, task_id, how, what from trace_read"
            + " where (?::uuid is null or task_id = ?) and (?::text is null or who = ?) and id < ?"
            + " order by id desc limit ?";

    // a process of workers only has no database
    private final InjectableInstance<AgroalDataSource> databases;
    private final Callers callers;

    ReadLog(InjectableInstance<AgroalDataSource> databases, Callers callers) {
        this.databases = databases;
        this.callers = callers;
    }

    /**
     * @param who read it
     * @param task null where several may have been read
     * @param how by which way: {@code page}, {@code api}, {@code outcome}, {@code events}, {@code export}, {@code search}, {@code mcp}
     * @param what was asked for
     */
    public record Read(
            long id,
            Instant at,
            String tenant,
            String who,
            @Nullable UUID task,
            String how,
            String what) {}

    /**
     * Returns once it is logged.
     *
     * @throws PersistenceException where that can't be
     */
    public void add(Caller caller, @Nullable UUID task, String how, String what) {
        try (Connection connection = callers.as(caller, this::connection);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, task);
            add.setString(2, caller.tenant() == null ? "" : caller.tenant());
            add.setString(3, caller.name());
            add.setObject(4, task);
            add.setString(5, how);
            add.setString(6, what.length() > LONGEST ? what.substring(0, LONGEST) : what);
            add.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException("A read can't be logged: " + e.getMessage(), e);
        }
    }

    /**
     * The latest reads that the caller may see, the newest first.
     *
     * @param task of this one only; null for all
     * @param who by them only; null for all
     * @param before with ids below this
     * @param most 1 to {@value #MOST}
     */
    public List<Read> latest(@Nullable UUID task, @Nullable String who, long before, int most) {
        try (Connection connection = connection();
                PreparedStatement read = connection.prepareStatement(READ)) {
            read.setObject(1, task);
            read.setObject(2, task);
            read.setString(3, who);
            read.setString(4, who);
            read.setLong(5, before);
            read.setInt(6, most);
            List<Read> reads = new ArrayList<>();
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    reads.add(new Read(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getObject(5, UUID.class),
                            row.getString(6),
                            row.getString(7)));
                }
            }
            return reads;
        } catch (SQLException e) {
            throw new PersistenceException("Reads can't be read: " + e.getMessage(), e);
        }
    }

    private Connection connection() {
        try {
            return databases.getActive().getConnection();
        } catch (SQLException e) {
            throw new PersistenceException("Postgres can't be reached: " + e.getMessage(), e);
        }
    }
}
