package dev.cermin.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** States that are too large for messages. Thread-safe. */
@ApplicationScoped
public class ClaimStore {
    private static final String PUT = "insert into claim (id, task_id, bytes) values (?, ?, ?)";
    private static final String GET = "select bytes from claim where id = ?";
    // the last step of a loop is in its trace only once nothing reads its states any more
    private static final String SWEEP = "delete from claim where created_at < ? and task_id not in"
            + " (select task_id from review_queue where due is not null) or task_id in"
            + " (select id from task where stop_reason is not null and id in (select task_id from claim))";

    // a process of workers only may have no database
    private final InjectableInstance<AgroalDataSource> databases;

    ClaimStore(InjectableInstance<AgroalDataSource> databases) {
        this.databases = databases;
    }

    /** Whether this process has a database at all. */
    public boolean isConfigured() {
        return !databases.listActive().isEmpty();
    }

    /** Returns once it is there for good. */
    public void put(UUID id, UUID task, byte[] bytes) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setObject(1, id);
            put.setObject(2, task);
            put.setBytes(3, bytes);
            put.executeUpdate();
        }
    }

    /** Empty for one that isn't there, or not any more. */
    public Optional<byte[]> get(UUID id) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement get = connection.prepareStatement(GET)) {
            get.setObject(1, id);
            try (ResultSet found = get.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        }
    }

    /**
     * Deletes those of ended tasks, and all from before a time.
     *
     * @return how many
     */
    public int sweep(Instant before) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
            sweep.setObject(1, before.atOffset(ZoneOffset.UTC));
            return sweep.executeUpdate();
        }
    }

    private Connection connection() throws SQLException {
        return databases.getActive().getConnection();
    }
}
