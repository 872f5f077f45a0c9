package dev.cermin.gateway;

import dev.cermin.integrity.ErasureRecord;
import dev.cermin.integrity.Erasures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Erasing a trace's texts for good. */
@Path("/api/traces/{id}/erasures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "traces")
public class ErasuresResource {
    private final Erasures erasures;
    private final OwnTasks tasks;

    ErasuresResource(Erasures erasures, OwnTasks tasks) {
        this.erasures = erasures;
        this.tasks = tasks;
    }

    /**
     * What is to be erased.
     *
     * @param reason why; kept with the record, so it names nobody
     * @param texts names, or {@code NUMBER:NAME} for that of one step; all by default
     */
    public record Request(@Nullable String reason, @Nullable List<String> texts) {}

    @GET
    @RunOnVirtualThread
    @Operation(summary = "What was erased of a trace, by whom and why")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public List<ErasureRecord> all(@RestPath UUID id) {
        tasks.require(id);
        return erasures.of(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Erases texts of a trace for good",
            description = "Their hashes stay, so the chain holds; a record of it is kept, which the signed log covers.")
    @APIResponse(responseCode = "200", description = "The record")
    @APIResponse(responseCode = "204", description = "There is no such text any more")
    @APIResponse(responseCode = "400", description = "No reason, or a name that no text has")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task goes on; cancel it first")
    public Response erase(@RestPath UUID id, @Nullable Request request) {
        tasks.require(id);
        if (request == null || request.reason() == null || request.reason().isBlank()) {
            throw Problems.invalid("reason", "A reason is expected: it is kept with the record");
        }
        List<String> texts = request.texts() == null ? List.of() : request.texts();
        try {
            return erasures.erase(id, texts, tasks.caller(), request.reason())
                    .map(record -> Response.ok(record).build())
                    .orElseGet(() -> Response.noContent().build());
        } catch (Erasures.RefusedException e) {
            throw Problems.unfinished(id);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("texts", String.valueOf(e.getMessage()));
        }
    }
}
