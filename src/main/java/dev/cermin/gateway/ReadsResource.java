package dev.cermin.gateway;

import dev.cermin.security.ReadLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who read which trace. */
@Path("/api/reads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "traces")
public class ReadsResource {
    private final ReadLog log;

    ReadsResource(ReadLog log) {
        this.log = log;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Who read which trace, the latest first",
            description =
                    "Of the caller's tenant; an admin sees all. The last id of a page is the next one's 'before'.")
    @APIResponse(responseCode = "200")
    public List<ReadLog.Read> latest(
            @QueryParam("task") @Nullable UUID task,
            @QueryParam("who") @Nullable String who,
            @QueryParam("before") @DefaultValue("9223372036854775807") long before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > ReadLog.MOST) {
            throw Problems.invalid("limit", "A number from 1 to %d is expected, not %d".formatted(ReadLog.MOST, limit));
        }
        return log.latest(task, who, before, limit);
    }
}
