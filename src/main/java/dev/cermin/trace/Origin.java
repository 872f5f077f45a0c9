package dev.cermin.trace;

import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.trace.Findings.Terms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Whose a task is, and when it was created. Each message and each row of its trace has both, the same in all, so that a
 * step finds its place by itself. They are no part of a step and of its hash: the submit step's terms say the same, and
 * verification holds every row against those.
 *
 * @param tenant the task's
 * @param createdAt the task's creation, to the microsecond, as Postgres has it
 */
public record Origin(String tenant, Instant createdAt) {
    public Origin {
        Objects.requireNonNull(tenant, "tenant");
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    public static Origin of(Task task) {
        return new Origin(task.tenant(), task.createdAt());
    }

    /**
     * As a trace's first step has it under its hash.
     *
     * @throws RuntimeException where that isn't a submit step, or its terms are erased
     */
    public static Origin ofSubmit(TraceStep submit) {
        String findings = Objects.requireNonNull(submit.texts().findings(), "the submit step's terms");
        Terms terms = Objects.requireNonNull(Json.read(findings, Findings.class).terms(), "the submit step's terms");
        return new Origin(terms.tenant(), terms.createdAt());
    }
}
