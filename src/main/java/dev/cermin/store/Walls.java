package dev.cermin.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The walls between tenants (row-level security): a request of somebody who has a tenant takes the role {@value #ROLE},
 * to which each table shows the rows of {@code cermin.tenant} alone, and none where that isn't set. All that has a
 * tenant is walled by it, all else that is of a task by what that role sees of tasks. Other roles see everything.
 */
final class Walls {
    /** Nobody logs in as it. */
    static final String ROLE = "cermin_tenant";

    /** One at a time, by Postgres' advisory locks. */
    private static final long LOCK = 0x77616c6c73L;

    private static final Logger LOG = Logger.getLogger(Walls.class);
    private static final String OWN = "tenant = current_setting('cermin.tenant', true)";
    private static final String OF_OWN_TASK = "exists (select from task t where t.id = task_id)";

    /** Of neither kind: who sees a task sees the definition that it is pinned to. */
    private static final Map<String, String> OTHERS =
            Map.of("agent", "exists (select from task t where t.agent_hash = agent.hash)");

    /** Hashes and numbers over all tenants' traces, without which none can be proved. */
    private static final List<String> SHARED = List.of("audit_leaf", "audit_node", "audit_checkpoint");

    private static final String TABLES = "select c.relname, c.oid::regclass::text, c.relrowsecurity,"
            + " (select count(*) from pg_policy p where p.polrelid = c.oid),"
            + " bool_or(a.attname = 'tenant'), bool_or(a.attname = 'task_id')"
            + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            + " where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')"
            + " and not c.relispartition group by c.oid order by 1";

    private final Connection owner;

    private Walls(Connection owner) {
        this.owner = owner;
    }

    /**
     * Puts them up where any is missing, and lets the services take the role.
     *
     * @param services the role that they log in as; empty where that is the owner
     */
    static void settle(Connection owner, Optional<String> services) throws SQLException {
        Walls walls = new Walls(owner);
        walls.run("select pg_advisory_xact_lock(%d)".formatted(LOCK));
        if (!walls.holds("exists (select from pg_roles where rolname = '%s')".formatted(ROLE))) {
            // another database of this server may have it made at the same time
            walls.run(
                    "do $$ begin create role %s nologin; exception when duplicate_object or unique_violation then null; end $$"
                            .formatted(ROLE));
        }
        for (Table table : walls.tables()) {
            walls.wall(table);
        }
        // with its rows it may do what the services may
        Rights.settle(owner, ROLE, Optional.empty());
        if (services.isPresent()) {
            walls.admit(services.get());
        }
    }

    private record Table(String name, String sql, boolean secured, int policies, boolean tenant, boolean task) {
        Optional<String> condition() {
            if (tenant) {
                return Optional.of(OWN);
            }
            Optional<String> other = Optional.ofNullable(OTHERS.get(name));
            return task && !SHARED.contains(name)
                    ? Optional.of(OF_OWN_TASK.replace("task_id)", sql + ".task_id)"))
                    : other;
        }
    }

    private List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.add(new Table(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getBoolean(6)));
            }
        }
        return tables;
    }

    private void wall(Table table) throws SQLException {
        Optional<String> condition = table.condition();
        if (condition.isEmpty() || (table.secured() && table.policies() == 2)) {
            return;
        }
        run("drop policy if exists everything on %s".formatted(table.sql()));
        run("drop policy if exists own_tenant on %s".formatted(table.sql()));
        run("create policy everything on %s using (true) with check (true)".formatted(table.sql()));
        run("create policy own_tenant on %s as restrictive to %s using (%s) with check (%s)"
                .formatted(table.sql(), ROLE, condition.get(), condition.get()));
        run("alter table %s enable row level security".formatted(table.sql()));
        LOG.debugf("Tenants see their own rows of %s", table.name());
    }

    /** It may take the role, and isn't bound by it before; only then does Postgres let it store by {@code COPY}. */
    private void admit(String services) throws SQLException {
        String self = "(select %s from pg_roles where rolname = %s)";
        if (text(self.formatted("oid", quoted(services))) == null) {
            return;
        }
        String name = text("format('%%I', %s::text)".formatted(quoted(services)));
        if (!holds("pg_has_role(%s, '%s', 'SET')".formatted(quoted(services), ROLE))) {
            run("grant %s to %s with inherit false, set true".formatted(ROLE, name));
        }
        boolean owns = holds("pg_has_role(%s, (select relowner from pg_class where oid = 'step'::regclass), 'USAGE')"
                .formatted(quoted(services)));
        if (!owns && !holds(self.formatted("rolbypassrls or rolsuper", quoted(services)))) {
            if (holds("(select rolsuper from pg_roles where rolname = current_user)")) {
                run("alter role %s bypassrls".formatted(name));
            } else {
                LOG.warnf("Traces are stored in thrice the time: let a superuser 'alter role %s bypassrls'", name);
            }
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private boolean holds(String condition) throws SQLException {
        return "t".equals(text(condition));
    }

    private @Nullable String text(String expression) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select " + expression)) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
