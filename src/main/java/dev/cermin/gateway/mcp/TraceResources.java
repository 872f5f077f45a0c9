package dev.cermin.gateway.mcp;

import dev.cermin.json.Json;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stored traces as resources. */
class TraceResources {
    private static final String JSON = "application/json";
    private static final String ALL = "cermin://traces";
    private static final int LATEST = 50;

    private final TraceStore store;
    private final McpCallers callers;

    TraceResources(TraceStore store, McpCallers callers) {
        this.callers = callers;
        this.store = store;
    }

    static String uri(UUID task) {
        return ALL + "/" + task;
    }

    @Resource(
            uri = ALL,
            name = "traces",
            title = "The latest tasks",
            description = "The latest 50 tasks, each with the URI of its trace",
            mimeType = JSON)
    @RunOnVirtualThread
    TextResourceContents latest(RequestUri uri) {
        callers.mayList();
        List<Map<String, Object>> tasks = store.latest(LATEST).stream()
                .map(task -> Map.<String, Object>of("uri", uri(task.id()), "task", task))
                .toList();
        return new TextResourceContents(uri.value(), Json.text(tasks), JSON);
    }

    @ResourceTemplate(
            uriTemplate = ALL + "/{id}",
            name = "trace",
            title = "One task's trace",
            description = "The steps of one task so far, with their hash chain",
            mimeType = JSON)
    @RunOnVirtualThread
    TextResourceContents one(String id, RequestUri uri) {
        callers.reads(task(id), uri.value());
        List<TraceStep> steps = store.steps(task(id), 0);
        if (steps.isEmpty()) {
            throw unknown(id);
        }
        return new TextResourceContents(uri.value(), Json.text(steps), JSON);
    }

    private static UUID task(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static McpException unknown(String id) {
        return new McpException(
                "There is no trace of task '%s'; %s lists the latest".formatted(id, ALL),
                JsonRpcErrorCodes.RESOURCE_NOT_FOUND);
    }
}
