package dev.cermin.flow.admission;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that hasn't begun.
 *
 * @param tenant whose it is
 * @param priority the higher, the earlier
 * @param since when it came; the earlier, the earlier
 * @param startAt it doesn't begin before; null: at once
 * @param bytes what it takes to keep it
 * @param source what it is to begin with
 */
public record Candidate<T>(
        UUID id,
        String tenant,
        int priority,
        Instant since,
        @Nullable Instant startAt,
        long bytes,
        T source) {
    public Candidate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(source, "source");
    }

    boolean isDue(Instant now) {
        return startAt == null || !startAt.isAfter(now);
    }

    /** From when on it waits. */
    Instant ready() {
        return startAt != null && startAt.isAfter(since) ? startAt : since;
    }
}
