package dev.cermin.store;

import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Writes steps once and reads traces back. Thread-safe. */
@ApplicationScoped
public class TraceStore {
    // a process of workers only has no database; what asks for it there fails when it asks, not at the start
    private final Instance<Session> session;

    TraceStore(Instance<Session> session) {
        this.session = session;
    }

    /**
     * Stores steps that may have been stored before: then they are left as they are. All or none.
     *
     * @param agents definitions that the steps' tasks are pinned to; known ones may be among them
     * @throws UnstorableException where the data itself is at fault; other exceptions may pass by themselves
     */
    @Transactional
    public void append(Collection<TraceStep> steps, Collection<PinnedAgent> agents) {
        session.get().doWork(connection -> new StepWriter(connection).write(steps, agents));
    }

    /** The steps of a task from a number on, in order; empty for a task that isn't there (yet). */
    @Transactional
    public List<TraceStep> steps(UUID task, int from) {
        return StepRow.<StepRow>find("id.taskId = ?1 and id.number >= ?2 order by id.number", task, from).stream()
                .map(StepRow::toStep)
                .toList();
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

    /** The definition that tasks with this pin ran on, as JSON. */
    @Transactional
    public Optional<String> agent(String hash) {
        return session.get()
                .createNativeQuery("select content from agent where hash = ?1", String.class)
                .setParameter(1, hash)
                .uniqueResultOptional();
    }
}
