package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.eval.Carriage;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.TaskRules;
import dev.cermin.flow.TraceFeed;
import dev.cermin.loop.Task;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import io.smallrye.mutiny.TimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Submits tasks to the services, and follows them to their ends. What was submitted is written down before it is: a run
 * that goes on after a kill follows a task that the services have, and submits it only where they know nothing of it.
 */
final class KafkaCarriage implements Carriage {
    private static final Duration ACCEPTED = Duration.ofSeconds(30);
    /** For a task that was submitted before a kill to show in the store. */
    private static final Duration SEEN = Duration.ofSeconds(20);

    /** What the services know of tasks. */
    interface Tasks {
        boolean has(UUID task);

        /** Its whole trace, once it has ended. */
        List<TraceStep> followed(UUID task) throws InterruptedException;

        void submit(Task task, AgentDefinition agent);
    }

    private final Path file;
    private final Tasks tasks;
    private final Set<String> before;

    KafkaCarriage(Path file) {
        this(file, new OfServices());
    }

    KafkaCarriage(Path file, Tasks tasks) {
        this.file = file;
        this.tasks = tasks;
        try {
            before = Files.exists(file) ? new HashSet<>(Files.readAllLines(file)) : Set.of();
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e));
        }
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public @Nullable String fault(AgentDefinition agent, Task task) {
        return TaskRules.fault(task, agent, null)
                .map(fault -> fault.field() + ": " + fault.detail())
                .orElse(null);
    }

    @Override
    public List<TraceStep> carry(AgentDefinition agent, Task task) throws InterruptedException {
        String fault = fault(agent, task);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        Task current = task;
        while (isUnderWay(current.id())) {
            List<TraceStep> steps = tasks.followed(current.id());
            if (!Carriage.failed(Replay.state(steps).outcome())) {
                return steps;
            }
            // it failed before the run was ended, for want of a model perhaps: it is asked anew, as another task
            current = successor(current);
        }
        note(current.id());
        tasks.submit(current, agent);
        return tasks.followed(current.id());
    }

    private static final class OfServices implements Tasks {
        @Override
        public boolean has(UUID task) {
            return Services.get(TraceStore.class).task(task).isPresent();
        }

        @Override
        public List<TraceStep> followed(UUID task) throws InterruptedException {
            List<TraceStep> steps = new ArrayList<>();
            Services.get(TraceFeed.class).follow(task, 0, steps::add, () -> true);
            return steps;
        }

        @Override
        public void submit(Task task, AgentDefinition agent) {
            try {
                Services.get(Submissions.class).submit(task, agent).await().atMost(ACCEPTED);
            } catch (TimeoutException e) {
                throw new CommandFailure("Kafka did not take task %s within %s: give the same command again"
                        .formatted(task.id(), ACCEPTED));
            }
        }
    }

    private static Task successor(Task failed) {
        UUID id = UUID.nameUUIDFromBytes((failed.id() + " again").getBytes(StandardCharsets.UTF_8));
        return new Task(
                id,
                failed.agent(),
                failed.input(),
                failed.metadata(),
                failed.tenant(),
                failed.priority(),
                failed.createdAt(),
                failed.deadline(),
                failed.startAt());
    }

    private boolean isUnderWay(UUID task) throws InterruptedException {
        if (!before.contains(task.toString())) {
            return false;
        }
        Instant patience = Instant.now().plus(SEEN);
        while (!tasks.has(task)) {
            if (Instant.now().isAfter(patience)) {
                return false;
            }
            Thread.sleep(200);
        }
        return true;
    }

    private synchronized void note(UUID task) {
        try {
            Files.writeString(file, task + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be written: %s".formatted(file, e));
        }
    }
}
