package dev.cermin.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.Session;

/** Which loops wait for a person, as the queue of decisions. Told again, it changes nothing. Thread-safe. */
@ApplicationScoped
public class Waits {
    private static final String BEGUN = "insert into review_queue (queue, task_id, tenant, since, due, step)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (queue, task_id) do update set since = excluded.since,"
            + " due = excluded.due, step = excluded.step, reviewer = null, leased_until = null"
            + " where review_queue.step < excluded.step";
    private static final String OVER = "delete from review_queue where queue = ? and task_id = ?";

    private final Instance<Session> session;

    Waits(Instance<Session> session) {
        this.session = session;
    }

    /**
     * A loop waits.
     *
     * @param due when its policy's default is applied
     * @param step the number that the decision will have in the trace
     */
    @Transactional
    public void begun(UUID task, String tenant, Instant since, Instant due, int step) {
        session.get().doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(BEGUN)) {
                insert.setString(1, Queues.DECISIONS);
                insert.setObject(2, task);
                insert.setString(3, tenant);
                insert.setObject(4, since.atOffset(ZoneOffset.UTC));
                insert.setObject(5, due.atOffset(ZoneOffset.UTC));
                insert.setInt(6, step);
                insert.executeUpdate();
            }
        });
    }

    /** It waits no more. */
    @Transactional
    public void over(UUID task) {
        session.get().doWork(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(OVER)) {
                delete.setString(1, Queues.DECISIONS);
                delete.setObject(2, task);
                delete.executeUpdate();
            }
        });
    }
}
