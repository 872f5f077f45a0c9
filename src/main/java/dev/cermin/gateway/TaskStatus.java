package dev.cermin.gateway;

import dev.cermin.store.TaskSummary;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands.
 *
 * @param status {@code accepted}: taken, not yet recorded; {@code running}; {@code waiting_for_review}: a person's
 *     decision, at {@code /api/traces/{id}/decision}; {@code finished}; {@code set_aside}: a message of it is among the
 *     dead letters, and it goes on no further till that is sent again
 * @param reason why it was set aside; null where it wasn't
 * @param summary null until it is recorded
 * @param links where to look next
 */
@Schema(name = "TaskStatus")
public record TaskStatus(
        UUID id,
        String status,
        @Nullable String reason,
        @Nullable TaskSummary summary,
        Map<String, URI> links) {
    static TaskStatus accepted(UUID id) {
        return new TaskStatus(id, "accepted", null, null, links(id));
    }

    /** @param waiting whether it waits for a person */
    static TaskStatus of(TaskSummary summary, boolean waiting) {
        String status = !summary.running() ? "finished" : waiting ? "waiting_for_review" : "running";
        return new TaskStatus(summary.id(), status, null, summary, links(summary.id()));
    }

    /** The same, unless it has ended: it was set aside. */
    TaskStatus setAside(String reason) {
        return status.equals("finished") ? this : new TaskStatus(id, "set_aside", reason, summary, links);
    }

    private static Map<String, URI> links(UUID id) {
        String task = "/api/tasks/" + id;
        return Map.of(
                "self", URI.create(task),
                "outcome", URI.create(task + "/outcome"),
                "trace", URI.create(task + "/trace"),
                "events", URI.create(task + "/events"),
                "page", URI.create("/traces/" + id));
    }
}
