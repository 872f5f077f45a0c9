package dev.cermin.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits in a queue.
 *
 * @param since when it came into it
 * @param due of a loop that waits for a decision, when its policy's default is applied; null for others
 * @param step of a loop that waits for a decision, the number that it will have in the trace; null for others
 * @param reviewer who has taken it; null for nobody
 * @param until when it is free again; null where nobody has taken it
 */
public record QueueEntry(
        String queue,
        UUID task,
        String tenant,
        Instant since,
        @Nullable Instant due,
        @Nullable Integer step,
        @Nullable String reviewer,
        @Nullable Instant until) {}
