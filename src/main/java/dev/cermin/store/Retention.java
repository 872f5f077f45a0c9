package dev.cermin.store;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.FlowConfig.Tenant;
import dev.cermin.store.Branch.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drops what is older than its tenant's traces are kept: partitions as a whole, then the rows of their tasks. What belongs
 * to a task that isn't finished stays, wherever it lies. One at a time over all processes, as the owner of the
 * tables. Thread-safe.
 */
@ApplicationScoped
public class Retention {
    private static final long LOCK = Upkeep.LOCK + 1;
    private static final int TASKS_AT_ONCE = 10_000;
    private static final String LOG_ROW = "insert into retention_log (part, tenant, from_time, to_time, steps, kept)"
            + " values (?, ?, ?::timestamptz, ?::timestamptz, ?, ?)";

    private final OwnerAccess owner;
    private final CerminConfig config;

    Retention(OwnerAccess owner, CerminConfig config) {
        this.owner = owner;
        this.config = config;
    }

    /**
     * What goes, or went.
     *
     * @param part the partition
     * @param tenant whose; null for all without partitions of their own
     * @param from of tasks created from then on; null for any before {@code to}
     * @param to when the partition ends
     * @param steps that are dropped
     * @param kept steps of unfinished tasks
     */
    public record Dropped(
            String part, @Nullable String tenant, @Nullable Instant from, Instant to, long steps, long kept) {}

    /** Whether anything is ever dropped. */
    public boolean isLimited() {
        return config.tenantDefaults().retention().isPresent()
                || config.tenants().values().stream()
                        .anyMatch(tenant -> tenant.retention().isPresent());
    }

    /** What would go now. Counts, so it takes its time. */
    public List<Dropped> due(Instant now) throws SQLException {
        try (Connection connection = owner.connection()) {
            connection.setAutoCommit(false);
            Sql sql = new Sql(connection);
            List<Dropped> due = new ArrayList<>();
            for (Branch branch : new Partitions(connection).branches()) {
                Optional<Duration> age = age(branch);
                if (age.isPresent()) {
                    Instant limit = now.minus(age.get());
                    for (Part part : expired(branch, limit)) {
                        due.add(counted(sql, branch, part));
                    }
                    Dropped rest = rest(sql, branch, floor(branch, limit));
                    if (rest.steps() > 0) {
                        due.add(rest);
                    }
                }
            }
            connection.rollback();
            return due;
        }
    }

    /**
     * Drops it.
     *
     * @param told each that is gone for good
     * @return how many tasks' rows went with it
     * @throws SQLException also where a table is in use for too long: what is left goes the next time
     */
    public long run(Instant now, Consumer<Dropped> told) throws SQLException {
        try (Connection connection = owner.connection()) {
            Sql sql = new Sql(connection);
            if (!sql.holds("select pg_try_advisory_lock(%d)".formatted(LOCK))) {
                return 0;
            }
            connection.setAutoCommit(false);
            try {
                return drop(connection, now, told);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                sql.text("select pg_advisory_unlock(%d)".formatted(LOCK));
            }
        }
    }

    private long drop(Connection connection, Instant now, Consumer<Dropped> told) throws SQLException {
        long tasks = 0;
        for (Branch branch : new Partitions(connection).branches()) {
            Optional<Duration> age = age(branch);
            if (age.isPresent()) {
                tasks += drop(connection, branch, now.minus(age.get()), told);
            }
        }
        return tasks;
    }

    private long drop(Connection connection, Branch branch, Instant limit, Consumer<Dropped> told) throws SQLException {
        for (Part part : expired(branch, limit)) {
            told.accept(drop(connection, branch, part));
        }
        Branch left = new Partitions(connection)
                .branches().stream()
                        .filter(each -> each.table().equals(branch.table()))
                        .findFirst()
                        .orElseThrow();
        Instant floor = floor(left, limit);
        Sql sql = new Sql(connection);
        Dropped rest = rest(sql, left, floor);
        if (rest.steps() > 0) {
            sql.run("delete from %s s where created_at < '%s' and not %s".formatted(left.rest(), floor, UNFINISHED));
            log(connection, rest);
            connection.commit();
            told.accept(rest);
        }
        return tasks(connection, left, floor);
    }

    private static final String UNFINISHED =
            "exists (select from task t where t.id = s.task_id and t.stop_reason is null)";

    private static Dropped drop(Connection connection, Branch branch, Part part) throws SQLException {
        Sql sql = new Sql(connection);
        Dropped dropped = counted(sql, branch, part);
        sql.run(Upkeep.PATIENCE);
        sql.run("alter table %s detach partition %s".formatted(branch.table(), part.table()));
        // to the rest, as there is no partition of that time any more
        new Partitions(connection).move(part.table() + " s", UNFINISHED);
        sql.run("drop table " + part.table());
        log(connection, dropped);
        connection.commit();
        return dropped;
    }

    private static Dropped counted(Sql sql, Branch branch, Part part) throws SQLException {
        long all = sql.count("select count(*) from " + part.table());
        long kept = sql.count("select count(*) from %s s where %s".formatted(part.table(), UNFINISHED));
        return new Dropped(part.table(), branch.tenant(), part.from(), part.to(), all - kept, kept);
    }

    /** What lies outside of partitions, from before that time. */
    private static Dropped rest(Sql sql, Branch branch, Instant floor) throws SQLException {
        String old = "select count(*) from %s s where created_at < '%s' and %%s %s"
                .formatted(branch.rest(), floor, UNFINISHED);
        return new Dropped(
                branch.rest(),
                branch.tenant(),
                null,
                floor,
                sql.count(old.formatted("not")),
                sql.count(old.formatted("")));
    }

    /** In portions, so that none keeps the recorder waiting. */
    private static long tasks(Connection connection, Branch branch, Instant floor) throws SQLException {
        Sql sql = new Sql(connection);
        StringBuilder whose = new StringBuilder();
        if (branch.tenant() != null) {
            whose.append(" and tenant = ").append(sql.literal(branch.tenant()));
        } else {
            for (Branch other : new Partitions(connection).branches()) {
                if (other.tenant() != null) {
                    whose.append(" and tenant <> ").append(sql.literal(other.tenant()));
                }
            }
        }
        String portion =
                "delete from task where id in (select id from task where created_at < '%s'%s and stop_reason is not"
                                .formatted(floor, whose)
                        + " null limit " + TASKS_AT_ONCE + ")";
        long all = 0;
        long gone;
        do {
            gone = sql.run(portion);
            connection.commit();
            all += gone;
        } while (gone == TASKS_AT_ONCE);
        return all;
    }

    private static List<Part> expired(Branch branch, Instant limit) {
        return branch.parts().stream().filter(part -> !part.to().isAfter(limit)).toList();
    }

    /** Tasks from before have no partition any more. */
    private static Instant floor(Branch branch, Instant limit) {
        return branch.parts().stream()
                .map(Part::from)
                .filter(from -> from.isBefore(limit))
                .findFirst()
                .orElse(limit);
    }

    private Optional<Duration> age(Branch branch) {
        return Optional.ofNullable(branch.tenant())
                .map(config.tenants()::get)
                .flatMap(Tenant::retention)
                .or(() -> config.tenantDefaults().retention());
    }

    private static void log(Connection connection, Dropped dropped) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(LOG_ROW)) {
            row.setString(1, dropped.part());
            row.setString(2, dropped.tenant());
            row.setString(3, Times.text(dropped.from()));
            row.setString(4, Times.text(dropped.to()));
            row.setLong(5, dropped.steps());
            row.setLong(6, dropped.kept());
            row.executeUpdate();
        }
    }
}
