package dev.cermin.store;

import dev.cermin.trace.Origin;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Writes steps once and reads traces back. Thread-safe. */
@ApplicationScoped
public class TraceStore {
    // tenant and creation spare a look into all other partitions
    private static final String IN_PLACE =
            "id.taskId = ?1 and tenant = ?2 and createdAt = ?3 and id.number >= ?4 order by id.number";

    // in one go, which can be planned once for all tasks
    private static final String FROM_TASK = "id.taskId = ?1 and tenant = (select tenant from TaskRow where id = ?1)"
            + " and createdAt = (select createdAt from TaskRow where id = ?1) and id.number >= ?2 order by id.number";

    private static final String OF_KIND =
            "id.taskId = ?1 and tenant = ?2 and createdAt = ?3 and kind = ?4 order by id.number";

    // a process of workers only has no database; what asks for it there fails when it asks, not at the start
    private final Instance<Session> session;
    private final Instance<EndListener> listeners;

    TraceStore(Instance<Session> session, @Any Instance<EndListener> listeners) {
        this.session = session;
        this.listeners = listeners;
    }

    /**
     * Stores steps that may have been stored before: then they are left as they are. All or none.
     *
     * @param origins of the steps' tasks; of one that is missing, its submit step or its row say it
     * @param agents definitions that the steps' tasks are pinned to; known ones may be among them
     * @throws UnstorableException where the data itself is at fault; other exceptions may pass by themselves
     */
    @Transactional
    public void append(Collection<TraceStep> steps, Map<UUID, Origin> origins, Collection<PinnedAgent> agents) {
        session.get().doWork(connection -> new StepWriter(connection, origins, listeners).write(steps, agents));
    }

    /** The same with steps whose tasks are there already, or begin among them. */
    @Transactional
    public void append(Collection<TraceStep> steps, Collection<PinnedAgent> agents) {
        append(steps, Map.of(), agents);
    }

    /** The steps of a task from a number on, in order; empty for a task that isn't there (yet). */
    @Transactional
    public List<TraceStep> steps(UUID task, int from) {
        List<StepRow> rows = StepRow.list(FROM_TASK, task, from);
        if (rows.isEmpty() && TaskRow.findById(task) == null) {
            // its first step may have been set aside
            rows = StepRow.list("id.taskId = ?1 and id.number >= ?2 order by id.number", task, from);
        }
        return rows.stream().map(StepRow::toStep).toList();
    }

    /** Those of one kind, in order. */
    @Transactional
    public List<TraceStep> steps(UUID task, StepKind kind) {
        TaskRow row = TaskRow.findById(task);
        return row == null
                ? List.of()
                : StepRow.<StepRow>find(OF_KIND, task, row.tenant, row.createdAt, kind.key()).stream()
                        .map(StepRow::toStep)
                        .toList();
    }

    /** The same, at most so many. */
    @Transactional
    public List<TraceStep> steps(UUID task, int from, int most) {
        TaskRow row = TaskRow.findById(task);
        return row == null
                ? List.of()
                : StepRow.<StepRow>find(IN_PLACE, task, row.tenant, row.createdAt, from).page(0, most).stream()
                        .map(StepRow::toStep)
                        .toList();
    }

    /** Nobody else writes to its trace till the end of the transaction, which must be under way. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<TaskSummary> lock(UUID task) {
        return session.get()
                .createNativeQuery("select id from task where id = ?1 for no key update", UUID.class)
                .setParameter(1, task)
                .uniqueResultOptional()
                .flatMap(this::task);
    }

    @Transactional
    public Optional<TaskSummary> task(UUID id) {
        return TaskRow.<TaskRow>findByIdOptional(id).map(TaskRow::toSummary);
    }

    /** The latest tasks first. */
    @Transactional
    public List<TaskSummary> latest(int most) {
        return TaskRow.<TaskRow>find("order by createdAt desc, id").page(0, most).stream()
                .map(TaskRow::toSummary)
                .toList();
    }

    /** An agent's tasks that have an outcome, the latest first. */
    @Transactional
    public List<TaskSummary> finished(String agent, int most) {
        return TaskRow.<TaskRow>find("agent = ?1 and stopReason is not null order by createdAt desc, id", agent)
                .page(0, most)
                .stream()
                .map(TaskRow::toSummary)
                .toList();
    }

    /** Tasks without an outcome, the oldest first. */
    @Transactional
    public List<TaskSummary> unfinished(int most) {
        return TaskRow.<TaskRow>find("stopReason is null order by createdAt").page(0, most).stream()
                .map(TaskRow::toSummary)
                .toList();
    }

    /** How many steps there are: counts them all. */
    @Transactional
    public long stepsStored() {
        return StepRow.count();
    }

    /** The tasks that go on from a task's trace, the earliest first. */
    @Transactional
    public List<UUID> forks(UUID task) {
        return session.get()
                .createNativeQuery(
                        "select task_id from step where number = 0 and parameters ->> 'forkOf' = ?1"
                                + " order by created_at, task_id",
                        UUID.class)
                .setParameter(1, task.toString())
                .getResultList();
    }

    /** The definition that tasks with this pin ran on, as JSON. */
    @Transactional
    public Optional<String> agent(String hash) {
        return session.get()
                .createNativeQuery("select content from agent where hash = ?1", String.class)
                .setParameter(1, hash)
                .uniqueResultOptional();
    }
}
