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
 * @param status {@code accepted}: taken, not yet recorded; {@code running}; {@code finished}
 * @param summary null until it is recorded
 * @param links where to look next
 */
@Schema(name = "TaskStatus")
public record TaskStatus(UUID id, String status, @Nullable TaskSummary summary, Map<String, URI> links) {
    static TaskStatus accepted(UUID id) {
        return new TaskStatus(id, "accepted", null, links(id));
    }

    static TaskStatus of(TaskSummary summary) {
        return new TaskStatus(summary.id(), summary.running() ? "running" : "finished", summary, links(summary.id()));
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
