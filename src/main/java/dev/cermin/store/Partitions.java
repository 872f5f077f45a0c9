package dev.cermin.store;

import dev.cermin.config.TracesConfig.Span;
import dev.cermin.store.Branch.Part;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The partitions of the steps, as their owner sees and makes them. Part of a transaction; not thread-safe. */
final class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);
    private static final Duration AHEAD = Duration.ofDays(14);

    private static final String TREE = "select t.level, c.relname, p.relname,"
            + " obj_description(c.oid, 'pg_class'), bound[1]::timestamptz, bound[2]::timestamptz"
            + " from pg_partition_tree('step') t join pg_class c on c.oid = t.relid join pg_class p on p.oid = t.parentrelid"
            + " left join lateral regexp_match(pg_get_expr(c.relpartbound, c.oid), '^FOR VALUES FROM \\(''(.*)''\\) TO"
            + " \\(''(.*)''\\)$') bound on true order by t.level, bound[1]::timestamptz";

    private final Sql sql;

    Partitions(Connection owner) {
        this.sql = new Sql(owner);
    }

    /** That of the others first. */
    List<Branch> branches() throws SQLException {
        sql.run("set local timezone = 'UTC'");
        Map<String, List<Part>> parts = new TreeMap<>();
        Map<String, String> tenants = new TreeMap<>();
        try (PreparedStatement tree = sql.connection().prepareStatement(TREE);
                ResultSet row = tree.executeQuery()) {
            while (row.next()) {
                String table = row.getString(2);
                OffsetDateTime from = row.getObject(5, OffsetDateTime.class);
                if (row.getInt(1) == 1) {
                    parts.put(table, new ArrayList<>());
                    if (row.getString(4) != null) {
                        tenants.put(table, row.getString(4));
                    }
                } else if (from != null) {
                    OffsetDateTime to = row.getObject(6, OffsetDateTime.class);
                    parts.get(row.getString(3)).add(new Part(table, from.toInstant(), to.toInstant()));
                }
            }
        }
        List<Branch> all = new ArrayList<>();
        parts.forEach((table, own) -> all.add(new Branch(table, tenants.get(table), List.copyOf(own))));
        return all;
    }

    /**
     * Makes what is missing, for some time ahead.
     *
     * @param own the tenants that are to have partitions of their own
     */
    void complete(Span span, Set<String> own, Instant now) throws SQLException {
        List<Branch> branches = branches();
        for (String tenant : own) {
            if (branches.stream().noneMatch(branch -> tenant.equals(branch.tenant()))) {
                separate(tenant, branches, span, now);
            }
        }
        for (Branch branch : branches()) {
            extend(branch, span, now);
        }
    }

    private void extend(Branch branch, Span span, Instant now) throws SQLException {
        Instant next = Period.end(span, Period.end(span, now));
        Instant until = next.isAfter(now.plus(AHEAD)) ? next : now.plus(AHEAD);
        Instant from = branch.parts().isEmpty()
                ? Period.start(span, now)
                : branch.parts().getLast().to();
        while (from.isBefore(until)) {
            Instant to = Period.end(span, from);
            create(branch, new Part(name(branch.table(), from), from, to));
            from = to;
        }
    }

    private static String name(String branch, Instant from) {
        return branch + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(Period.day(from));
    }

    /** What lies in the rest and belongs here comes along. */
    private void create(Branch branch, Part part) throws SQLException {
        String range = "created_at >= '%s' and created_at < '%s'".formatted(part.from(), part.to());
        boolean late = sql.holds("select exists (select from %s where %s)".formatted(branch.rest(), range));
        if (late) {
            sql.run("alter table %s detach partition %s".formatted(branch.table(), branch.rest()));
        }
        sql.run("create table %s partition of %s for values from ('%s') to ('%s')"
                .formatted(part.table(), branch.table(), part.from(), part.to()));
        if (late) {
            move(branch.rest(), range);
            sql.run("alter table %s attach partition %s default".formatted(branch.table(), branch.rest()));
        }
        LOG.debugf("Partition %s is made", part.table());
    }

    /** Partitions of its own for a tenant, with all that is stored of it. */
    private void separate(String tenant, List<Branch> branches, Span span, Instant now) throws SQLException {
        UUID id = UUID.nameUUIDFromBytes(tenant.getBytes(StandardCharsets.UTF_8));
        String table = "step_tenant_" + id.toString().replace("-", "");
        String literal = sql.literal(tenant);
        Instant oldest = sql.time("select min(created_at) from %s where tenant = %s".formatted(Branch.OTHERS, literal));
        if (oldest != null) {
            LOG.infof("Tenant %s gets partitions of its own; what is stored of it moves there", tenant);
            sql.run("alter table step detach partition " + Branch.OTHERS);
        }
        sql.run("create table %s partition of step for values in (%s) partition by range (created_at)"
                .formatted(table, literal));
        sql.run("comment on table %s is %s".formatted(table, literal));
        sql.run("create table %s_rest partition of %s default".formatted(table, table));
        Branch branch = new Branch(table, tenant, List.of());
        Instant from = oldest == null ? now : oldest;
        for (Branch other : branches) {
            if (other.tenant() == null) {
                for (Part part : other.parts()) {
                    if (part.to().isAfter(from)) {
                        create(branch, new Part(name(table, part.from()), part.from(), part.to()));
                    }
                }
            }
        }
        if (oldest != null) {
            move(Branch.OTHERS, "tenant = " + literal);
            sql.run("alter table step attach partition %s default".formatted(Branch.OTHERS));
        }
        extend(new Branch(table, tenant, partsOf(table)), span, now);
    }

    private List<Part> partsOf(String table) throws SQLException {
        return branches().stream()
                .filter(branch -> branch.table().equals(table))
                .findFirst()
                .orElseThrow()
                .parts();
    }

    /** To where they belong by now. */
    void move(String from, @Nullable String which) throws SQLException {
        String columns =
                sql.text("select string_agg(format('%I', attname), ', ' order by attnum) from pg_attribute where"
                        + " attrelid = 'step'::regclass and attnum > 0 and not attisdropped and attgenerated = ''");
        sql.run("with moved as (delete from %s where %s returning %s) insert into step (%s) select %s from moved"
                .formatted(from, which, columns, columns, columns));
    }
}
