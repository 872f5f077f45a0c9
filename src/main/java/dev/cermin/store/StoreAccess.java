package dev.cermin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether Postgres can be reached, and has its tables. Blocks for seconds where it can't; thread-safe. */
@ApplicationScoped
public class StoreAccess {
    private final Instance<DataSource> database;

    StoreAccess(Instance<DataSource> database) {
        this.database = database;
    }

    /** What is amiss, in words; empty where nothing is. */
    public Optional<String> problem() {
        try (Connection connection = database.get().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("select 1 from step where false").close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("Postgres can't be used: " + e.getMessage());
        }
    }
}
