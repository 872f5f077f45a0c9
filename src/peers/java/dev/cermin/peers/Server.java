package dev.cermin.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The stores that all contenders share, handed to their JVMs in the environment.
 *
 * @param bootstrapServers Kafka's
 * @param jdbcUrl Postgres', without a user
 */
record Server(String bootstrapServers, String jdbcUrl, String user, String password) {
    /** @throws IllegalStateException where nothing was handed over */
    static Server ofEnvironment() {
        Map<String, String> given = System.getenv();
        return new Server(
                given(given, "KAFKA_BOOTSTRAP_SERVERS"),
                given(given, "QUARKUS_DATASOURCE_JDBC_URL"),
                given(given, "QUARKUS_DATASOURCE_USERNAME"),
                given(given, "QUARKUS_DATASOURCE_PASSWORD"));
    }

    private static String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; ./cermin bench peers sets it");
        }
        return value;
    }

    /** By the names of the product's own settings. */
    Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl,
                "QUARKUS_DATASOURCE_USERNAME", user,
                "QUARKUS_DATASOURCE_PASSWORD", password);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    @Override
    public String toString() {
        return bootstrapServers + " and " + jdbcUrl;
    }
}
