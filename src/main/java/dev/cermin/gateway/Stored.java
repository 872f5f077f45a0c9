package dev.cermin.gateway;

import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Steps are told as they are done, which may be before they are stored; who hears of the end asks for outcome and trace.
 * Thread-safe.
 */
@ApplicationScoped
class Stored {
    private static final Logger LOG = Logger.getLogger(Stored.class);
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final TraceStore store;

    Stored(TraceStore store) {
        this.store = store;
    }

    /** Returns once the task's end is stored, or after ten seconds, or at once where Postgres is away. */
    void await(UUID task) {
        long end = System.nanoTime() + MOST.toNanos();
        try {
            while (System.nanoTime() < end
                    && store.task(task).map(TaskSummary::running).orElse(true)) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (RuntimeException e) {
            LOG.warnf("Task %s has ended, and its trace can't be read yet: %s", task, e.getMessage());
        }
    }
}
