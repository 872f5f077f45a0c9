package dev.cermin;

import dev.cermin.lesson.Lessons;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Task;
import dev.cermin.redact.Redaction;
import dev.cermin.trace.Redacted;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent writes down: what it remembers from task to task, and its traces. A memory that fails is logged and costs
 * no task.
 *
 * @param redaction of all that is written down
 */
record Memory(@Nullable Lessons lessons, Redaction redaction, Clock clock) {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());

    List<Recalled> recall(Task task) {
        if (lessons == null) {
            return List.of();
        }
        try {
            return lessons.recall(task, clock.instant()).stream()
                    .map(lesson -> new Recalled(lesson.id(), lesson.advice()))
                    .toList();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Task " + task.id() + " goes on without lessons", e);
            return List.of();
        }
    }

    void learn(Task task, Outcome outcome) {
        if (lessons == null) {
            return;
        }
        try {
            Redacted redacted = new Redacted(redaction);
            lessons.learn(redacted.task(task), redacted.outcome(outcome), clock.instant());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "No lesson was kept of task " + task.id(), e);
        }
    }
}
