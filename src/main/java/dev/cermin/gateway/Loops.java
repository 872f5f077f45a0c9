package dev.cermin.gateway;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.flow.DeadTasks;
import dev.cermin.flow.Results;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.TraceFeed;
import dev.cermin.loop.Task;
import dev.cermin.security.Callers;
import dev.cermin.trace.AsTold;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tasks for doors whose clients wait for the answer: submitted, followed and cancelled as by REST. Blocks; thread-safe. */
@ApplicationScoped
public class Loops {
    private static final Logger LOG = Logger.getLogger(Loops.class);
    private static final Duration ACCEPTED = Duration.ofSeconds(15);
    /** By so much those of two machines may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final Submissions submissions;
    private final TraceFeed feed;
    private final DeadTasks dead;
    private final Accepted accepted;
    private final Stored stored;
    private final Limits limits;
    private final Callers callers;
    private final Results results;

    Loops(
            Submissions submissions,
            TraceFeed feed,
            DeadTasks dead,
            Accepted accepted,
            Stored stored,
            Limits limits,
            Callers callers,
            Results results) {
        this.results = results;
        this.callers = callers;
        this.limits = limits;
        this.submissions = submissions;
        this.feed = feed;
        this.dead = dead;
        this.accepted = accepted;
        this.stored = stored;
    }

    /** Kafka did not take a task, which so is not accepted. */
    public static final class NotAcceptedException extends RuntimeException {
        NotAcceptedException(Throwable cause) {
            super("Kafka did not take the task, so it is not accepted; try again later (%s)"
                    .formatted(cause.getMessage()));
        }
    }

    /** A task that was accepted and then set aside, as it could not be read or done. */
    public static final class SetAsideException extends RuntimeException {
        SetAsideException(UUID task, String reason) {
            super(("Task %s was set aside: %s. Its dead letter can be replayed once that is mended; a new request is a"
                            + " new task")
                    .formatted(task, reason));
        }
    }

    /** A task of now, with an id of its own. */
    public Task task(AgentDefinition agent, String input, Map<String, String> metadata) {
        return task(ids.generate(), agent, input, metadata);
    }

    /** Whom the caller's tasks are of. */
    public String tenant() {
        return callers.current().actsFor(null, Task.DEFAULT_TENANT);
    }

    /** The same with an id that is given. */
    public Task task(UUID id, AgentDefinition agent, String input, Map<String, String> metadata) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Task(id, agent.name(), input, metadata, tenant(), 0, now, null);
    }

    /**
     * Returns once the task is accepted: then it is neither lost nor finished twice.
     *
     * @param conversation that its draft answers; null for none
     * @throws NotAcceptedException where Kafka is away
     * @throws LimitException where the task's tenant has as much as it may
     */
    public void submit(Task task, AgentDefinition agent, @Nullable String conversation) {
        byte[] bytes = conversation == null ? null : conversation.getBytes(StandardCharsets.UTF_8);
        limits.admit(task);
        try {
            submissions.submit(task, agent, bytes).await().atMost(ACCEPTED);
        } catch (RuntimeException e) {
            limits.ended(task.id());
            throw new NotAcceptedException(e);
        }
        accepted.add(task.id(), task.tenant());
    }

    /**
     * Tells of a task's steps as they are done, and returns all of them after the last.
     *
     * @param by who wants to know; when they no longer do, the task is cancelled in their name; null: it goes on
     * @param wanted asked now and then
     * @return fewer than all where they are no longer wanted; all are stored, unless Postgres is away. Drafts and answer are
     *     as they were written, though they are stored redacted
     * @throws SetAsideException where there is no end to come
     */
    public List<TraceStep> follow(UUID task, @Nullable String by, Consumer<TraceStep> listener, BooleanSupplier wanted)
            throws InterruptedException {
        List<TraceStep> steps = new ArrayList<>();
        try {
            feed.follow(
                    task,
                    0,
                    step -> {
                        steps.add(step);
                        listener.accept(step);
                    },
                    () -> wanted.getAsBoolean() && dead.reason(task).isEmpty());
        } catch (RuntimeException e) {
            cancel(task, by);
            throw e;
        }
        if (Replay.ended(steps)) {
            stored.await(task);
            return asTold(task, steps);
        }
        Optional<String> reason = dead.reason(task);
        if (reason.isPresent()) {
            throw new SetAsideException(task, reason.get());
        }
        cancel(task, by);
        return steps;
    }

    /** The caller's answer is the caller's: what is redacted of it is so in what is stored. */
    private List<TraceStep> asTold(UUID task, List<TraceStep> steps) {
        if (!AsTold.differs(steps)) {
            return steps;
        }
        Instant since = steps.getLast().startedAt().minus(CLOCKS);
        return results.of(task, since)
                .map(outcome -> AsTold.steps(steps, outcome))
                .orElse(steps);
    }

    private void cancel(UUID task, @Nullable String by) {
        if (by == null) {
            return;
        }
        try {
            submissions.cancel(task, by).await().atMost(ACCEPTED);
        } catch (RuntimeException e) {
            LOG.warnf("Task %s goes on, as Kafka did not take its cancellation: %s", task, e.getMessage());
        }
    }
}
