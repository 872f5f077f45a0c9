package dev.cermin.gateway;

import dev.cermin.integrity.TraceVerification;
import dev.cermin.integrity.TraceVerifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Whether a trace is as it was recorded. */
@Path("/api/traces/{id}/verification")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "traces")
public class VerificationResource {
    private final TraceVerifier verifier;
    private final OwnTasks tasks;

    VerificationResource(TraceVerifier verifier, OwnTasks tasks) {
        this.verifier = verifier;
        this.tasks = tasks;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Whether a trace is as it was recorded",
            description =
                    "Its hash chain, what was erased of it, and the proof that the newest signed checkpoint covers it.")
    @APIResponse(responseCode = "200", description = "What was found; intact says whether all holds")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public TraceVerification verification(@RestPath UUID id) {
        tasks.require(id);
        return verifier.verify(id).orElseThrow(() -> Problems.unknownTask(id));
    }
}
