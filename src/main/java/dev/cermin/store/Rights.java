package dev.cermin.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * What the services may do with each table, granted by its owner. A table whose comment begins with {@code append-only} they
 * read and add to; with {@code read-only} they read; of a task they change what its steps add up to, never whose it is
 * and since when; all else they may change.
 */
final class Rights {
    private static final Logger LOG = Logger.getLogger(Rights.class);
    private static final String HISTORY = "flyway_schema_history";
    private static final String TASK = "task";
    private static final List<String> TASKS_OWN =
            List.of("id", "tenant", "agent", "agent_version", "agent_hash", "created_at", "deadline");

    private static final String TABLES =
            "select c.oid::regclass::text, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),"
                    + " has_table_privilege(?, c.oid, 'SELECT'), has_table_privilege(?, c.oid, 'INSERT'),"
                    + " has_table_privilege(?, c.oid, 'UPDATE'), has_table_privilege(?, c.oid, 'DELETE'),"
                    + " has_table_privilege(?, c.oid, 'TRUNCATE') from pg_class c where c.relnamespace ="
                    + " current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition";
    private static final String CHANGING = "select attname, format('%I', attname),"
            + " has_column_privilege(?, attrelid, attnum, 'UPDATE') from pg_attribute"
            + " where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum";
    private static final String ROLE = "select format('%I', r.rolname), r.rolsuper or"
            + " pg_has_role(r.rolname, (select relowner from pg_class where oid = 'step'::regclass), 'MEMBER')"
            + " from pg_roles r where r.rolname = ?";

    private final Connection owner;
    private final String services;

    private Rights(Connection owner, String services) {
        this.owner = owner;
        this.services = services;
    }

    /**
     * Makes the services' role where there is none, and gives it its rights where any is missing or one too many.
     *
     * @param password that a new role gets
     */
    static void settle(Connection owner, String services, Optional<String> password) throws SQLException {
        Rights rights = new Rights(owner, services);
        Optional<Role> role = rights.role();
        if (role.isEmpty()) {
            rights.create(password);
            role = rights.role();
        }
        if (role.orElseThrow().owns()) {
            LOG.warnf(
                    "Postgres can't keep its user '%s' from changing what was recorded, as that owns the tables; give the"
                            + " services one of their own, and the owner to quarkus.flyway.username and .password",
                    services);
        } else {
            rights.grant(role.orElseThrow().name());
        }
    }

    /** @param name as an identifier */
    private record Role(String name, boolean owns) {}

    private Optional<Role> role() throws SQLException {
        try (PreparedStatement role = owner.prepareStatement(ROLE)) {
            role.setString(1, services);
            try (ResultSet row = role.executeQuery()) {
                return row.next() ? Optional.of(new Role(row.getString(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }

    private void create(Optional<String> password) throws SQLException {
        String name;
        try (PreparedStatement quoted = owner.prepareStatement("select format('%I', ?::text)")) {
            quoted.setString(1, services);
            try (ResultSet row = quoted.executeQuery()) {
                row.next();
                name = row.getString(1);
            }
        }
        execute("create role " + name + " login");
        if (password.isPresent()) {
            // hashed here: it is in no statement, so in no log of the server
            owner.unwrap(PGConnection.class)
                    .alterUserPassword(services, password.get().toCharArray(), "scram-sha-256");
        }
        LOG.infof("The role %s is made for the services", services);
    }

    private void grant(String role) throws SQLException {
        List<String> changes = new ArrayList<>();
        try (PreparedStatement tables = owner.prepareStatement(TABLES)) {
            for (int i = 1; i <= 5; i++) {
                tables.setString(i, services);
            }
            try (ResultSet row = tables.executeQuery()) {
                while (row.next()) {
                    List<String> has = new ArrayList<>();
                    List<String> all = List.of("select", "insert", "update", "delete", "truncate");
                    for (int i = 0; i < all.size(); i++) {
                        if (row.getBoolean(4 + i)) {
                            has.add(all.get(i));
                        }
                    }
                    List<String> wanted = wanted(row.getString(2), row.getString(3));
                    if (!has.equals(wanted)) {
                        changes.add("revoke all on table " + row.getString(1) + " from " + role);
                        changes.add(
                                "grant " + String.join(", ", wanted) + " on table " + row.getString(1) + " to " + role);
                    }
                }
            }
        }
        for (String change : changes) {
            execute(change);
        }
        ofTasks(role);
        execute("grant usage, select on all sequences in schema " + schema() + " to " + role);
        execute("grant usage on schema " + schema() + " to " + role);
    }

    private static List<String> wanted(String table, String comment) {
        if (comment.startsWith("read-only") || table.equals(HISTORY)) {
            return List.of("select");
        }
        return comment.startsWith("append-only") || table.equals(TASK)
                ? List.of("select", "insert")
                : List.of("select", "insert", "update", "delete");
    }

    private void ofTasks(String role) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement columns = owner.prepareStatement(CHANGING)) {
            columns.setString(1, services);
            columns.setString(2, TASK);
            try (ResultSet row = columns.executeQuery()) {
                while (row.next()) {
                    if (!TASKS_OWN.contains(row.getString(1)) && !row.getBoolean(3)) {
                        missing.add(row.getString(2));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            execute("grant update (" + String.join(", ", missing) + ") on table " + TASK + " to " + role);
        }
    }

    private String schema() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select current_schema()::regnamespace::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
