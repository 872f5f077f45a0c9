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
 * @param priority kept with the task; the lanes do not order by it yet; default 0
 * @param createdAt when it was accepted
 * @param deadline after which no further step is begun; null: only the policy's timeout counts
 */
public record Task(
        UUID id,
        String agent,
        String input,
        Map<String, String> metadata,
        String tenant,
        int priority,
        Instant createdAt,
        @Nullable Instant deadline) {
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

    public Task(UUID id, String agent, String input, Instant createdAt) {
        this(id, agent, input, Map.of(), DEFAULT_TENANT, 0, createdAt, null);
    }
}
