package dev.cermin.gateway;

import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import dev.cermin.store.TraceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Which tasks a caller may know of, where more than the store is asked. */
@ApplicationScoped
class OwnTasks {
    private final TraceStore store;
    private final Callers callers;

    OwnTasks(TraceStore store, Callers callers) {
        this.store = store;
        this.callers = callers;
    }

    /** @throws RuntimeException which answers 404, for another tenant's; one without a row is everybody's who has no tenant */
    void require(UUID task) {
        Caller caller = callers.current();
        boolean seen = store.task(task).map(row -> caller.isOf(row.tenant())).orElse(caller.tenant() == null);
        if (!seen) {
            throw Problems.unknownTask(task);
        }
    }

    /** Who acts, as it is recorded. */
    String caller() {
        return callers.current().name();
    }
}
