package dev.cermin.review;

import dev.cermin.trace.Review.Label;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.PreparedStatement;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The newest word on tasks, in their rows, within the transaction under way. Thread-safe. */
@ApplicationScoped
class ReviewStore {
    private final Instance<Session> session;

    ReviewStore(Instance<Session> session) {
        this.session = session;
    }

    /** It leaves its queues; a decision is no label. */
    void labelled(UUID task, Label label) {
        execute("update task set label = ? where id = ?", label.key(), task);
        execute("delete from review_queue where queue <> ? and task_id = ?", Queues.DECISIONS, task);
    }

    void assigned(UUID task, @Nullable String assignee) {
        execute("update task set assignee = ? where id = ?", assignee, task);
    }

    private void execute(String sql, @Nullable Object... values) {
        session.get().doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.executeUpdate();
            }
        });
    }
}
