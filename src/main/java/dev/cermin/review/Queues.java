package dev.cermin.review;

import dev.cermin.config.CerminConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What waits for people. Who takes a task has it to themselves for {@code cermin.review.lease}; with its label it is gone.
 * Thread-safe.
 */
@ApplicationScoped
public class Queues {
    /** Of loops that go on only once a person has decided. */
    public static final String DECISIONS = "decisions";

    /** The longest page. */
    public static final int MOST = 200;

    private static final String COLUMNS = " queue, task_id, tenant, since, due, step,"
            + " case when leased_until > now() then reviewer end, case when leased_until > now() then leased_until end";
    private static final String COUNT = "select queue, count(*), count(*) filter (where leased_until > now())"
            + " from review_queue group by queue";
    private static final String LIST = "select" + COLUMNS
            + " from review_queue where queue = ? order by coalesce(due, 'infinity'), since, task_id limit ?";
    private static final String OF_TASK = "select" + COLUMNS + " from review_queue where task_id = ? order by queue";
    // one reviewer after another, so that no task is taken twice, whatever queues it is in
    private static final String ONE_AT_A_TIME =
            "select pg_advisory_xact_lock(hashtextextended('cermin.review.next', 0))";
    /** First what the reviewer has already; what others have, from whatever queue, is left to them. */
    private static final String NEXT =
            "update review_queue set reviewer = ?, leased_until = now() + ? * interval '1 ms'"
                    + " where (queue, task_id) = (select queue, task_id from review_queue waiting where queue = ?"
                    + " and not exists (select from review_queue other where other.task_id = waiting.task_id"
                    + " and other.reviewer <> ? and other.leased_until > now())"
                    + " order by (reviewer is not distinct from ? and leased_until > now()) desc,"
                    + " coalesce(due, 'infinity'), since, task_id limit 1) returning" + COLUMNS;

    private static final String GIVE_BACK =
            "update review_queue set reviewer = null, leased_until = null, since = now()"
                    + " where queue = ? and task_id = ? and reviewer = ? and leased_until > now()";

    private final Instance<Session> session;
    private final List<String> names;
    private final Duration lease;

    Queues(Instance<Session> session, CerminConfig config) {
        this.session = session;
        this.names = names(config);
        this.lease = config.review().lease();
    }

    private static List<String> names(CerminConfig config) {
        TreeSet<String> names = new TreeSet<>();
        QueueFiller.rules(config).forEach(rule -> names.add(rule.name()));
        names.add(DECISIONS);
        return List.copyOf(names);
    }

    /** All that are configured, those included that are left from earlier configurations, by name. */
    @Transactional
    public List<QueueStatus> all() {
        List<QueueStatus> all = new ArrayList<>();
        TreeSet<String> empty = new TreeSet<>(names);
        session.get().doWork(connection -> {
            try (PreparedStatement select = connection.prepareStatement(COUNT);
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    empty.remove(found.getString(1));
                    all.add(new QueueStatus(found.getString(1), found.getLong(2), found.getLong(3)));
                }
            }
        });
        empty.forEach(name -> all.add(new QueueStatus(name, 0, 0)));
        all.sort((a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    /**
     * What waits in a queue, in the order in which it is taken.
     *
     * @param most 1 to {@value #MOST}
     * @throws ReviewException where there is no such queue
     */
    @Transactional
    public List<QueueEntry> list(String queue, int most) {
        if (most < 1 || most > MOST) {
            throw ReviewException.invalid(
                    "limit", "limit is %d; a number from 1 to %d is expected".formatted(most, MOST));
        }
        List<QueueEntry> entries = entries(LIST, queue, most);
        if (entries.isEmpty()) {
            require(queue);
        }
        return entries;
    }

    /** The queues that a task is in. */
    @Transactional
    public List<QueueEntry> of(UUID task) {
        return entries(OF_TASK, task);
    }

    /** Whether a loop waits for a person. */
    @Transactional
    public boolean decides(UUID task) {
        return of(task).stream().anyMatch(entry -> entry.queue().equals(DECISIONS));
    }

    /**
     * Takes the next task of a queue: the reviewer's own, where one is taken already, else the first that is free.
     *
     * @return empty where none is free
     * @throws ReviewException where there is no such queue
     */
    @Transactional
    public Optional<QueueEntry> next(String queue, String reviewer) {
        Act.require("by", reviewer);
        entries(ONE_AT_A_TIME);
        List<QueueEntry> taken = entries(NEXT, reviewer, lease.toMillis(), queue, reviewer, reviewer);
        if (taken.isEmpty()) {
            require(queue);
        }
        return taken.stream().findFirst();
    }

    /**
     * Gives back what a reviewer has taken: it waits at the queue's end, decisions by when they are due.
     *
     * @return false where they don't have it
     */
    @Transactional
    public boolean giveBack(String queue, UUID task, String reviewer) {
        return session.get().doReturningWork(connection -> {
            try (PreparedStatement update = connection.prepareStatement(GIVE_BACK)) {
                update.setString(1, queue);
                update.setObject(2, task);
                update.setString(3, reviewer);
                return update.executeUpdate() == 1;
            }
        });
    }

    private void require(String queue) {
        if (!names.contains(queue)
                && all().stream().noneMatch(each -> each.name().equals(queue))) {
            throw ReviewException.unknown(queue, names);
        }
    }

    private List<QueueEntry> entries(String sql, Object... values) {
        return session.get().doReturningWork(connection -> entries(connection, sql, values));
    }

    private static List<QueueEntry> entries(Connection connection, String sql, Object... values) throws SQLException {
        List<QueueEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next() && found.getMetaData().getColumnCount() > 1) {
                    entries.add(entry(found));
                }
            }
        }
        return entries;
    }

    private static QueueEntry entry(ResultSet found) throws SQLException {
        OffsetDateTime due = found.getObject(5, OffsetDateTime.class);
        OffsetDateTime until = found.getObject(8, OffsetDateTime.class);
        @Nullable Integer step = found.getObject(6, Integer.class);
        return new QueueEntry(
                found.getString(1),
                found.getObject(2, UUID.class),
                found.getString(3),
                found.getObject(4, OffsetDateTime.class).toInstant(),
                due == null ? null : due.toInstant(),
                step,
                found.getString(7),
                until == null ? null : until.toInstant());
    }
}
