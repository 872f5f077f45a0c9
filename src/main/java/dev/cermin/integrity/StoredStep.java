package dev.cermin.integrity;

import dev.cermin.trace.TraceStep;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of a step, as it is.
 *
 * @param number as the row has it
 * @param createdAt null where that is no time
 * @param step null where the row is none that Cermin ever writes
 * @param fault why; empty where it is a step
 */
record StoredStep(
        UUID task,
        int number,
        String tenant,
        @Nullable Instant createdAt,
        @Nullable TraceStep step,
        String fault) {}
