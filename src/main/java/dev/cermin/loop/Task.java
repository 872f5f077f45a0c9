package dev.cermin.loop;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request to an agent.
 *
 * @param id unique; the key of every message and row about the task
 * @param agent the agent's name
 * @param input what is asked; not blank
 * @param metadata the caller's own, handed to verifiers; default empty
 * @param tenant whose task it is; default {@code default}
 * @param priority over Kafka, tasks of a higher one begin earlier; any number, default 0
 * @param createdAt when it was accepted
 * @param deadline after which no further step is begun; null: only the policy's timeout counts
 * @param startAt over Kafka, it doesn't begin before, and the policy's timeout counts from then; null: it may at once
 */
public record Task(
        UUID id,
        String agent,
        String input,
        Map<String, String> metadata,
        String tenant,
        int priority,
        Instant createdAt,
        @Nullable Instant deadline,
        @Nullable Instant startAt) {
    public static final String DEFAULT_TENANT = "default";

    public Task {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(createdAt, "createdAt");
        if (input.isBlank()) {
            throw new IllegalArgumentException("A task needs an input; it is blank");
        }
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        tenant = tenant == null ? DEFAULT_TENANT : tenant;
    }

    /** One that may begin at once. */
    public Task(
            UUID id,
            String agent,
            String input,
            Map<String, String> metadata,
            String tenant,
            int priority,
            Instant createdAt,
            @Nullable Instant deadline) {
        this(id, agent, input, metadata, tenant, priority, createdAt, deadline, null);
    }

    public Task(UUID id, String agent, String input, Instant createdAt) {
        this(id, agent, input, Map.of(), DEFAULT_TENANT, 0, createdAt, null);
    }
}
