package dev.cermin.flow;

import dev.cermin.flow.claim.Claims;
import dev.cermin.loop.Task;
import dev.cermin.redact.Redaction;
import dev.cermin.run.StepRunner;
import dev.cermin.trace.Tracer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What carrying loops on takes. Thread-safe.
 *
 * @param redactions the rules by which a task's trace is redacted
 * @param cancelledBy who cancelled a task, if anyone did
 * @param claims where states too large for messages go
 */
record Loops(
        StepRunner runner,
        Lanes lanes,
        Tracer tracer,
        Function<Task, Redaction> redactions,
        Clock clock,
        Function<UUID, Optional<String>> cancelledBy,
        StepListener listener,
        Retries retries,
        Claims claims) {}
