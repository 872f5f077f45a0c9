package dev.cermin.gateway;

import dev.cermin.review.QueueEntry;
import dev.cermin.review.QueueStatus;
import dev.cermin.review.Queues;
import dev.cermin.security.Callers;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What waits for people. */
@Path("/api/reviews/queues")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reviews")
public class ReviewQueuesResource {
    private final Queues queues;
    private final Callers callers;

    ReviewQueuesResource(Queues queues, Callers callers) {
        this.queues = queues;
        this.callers = callers;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The queues, and how much waits in each")
    public List<QueueStatus> all() {
        return queues.all();
    }

    @GET
    @Path("/{name}")
    @RunOnVirtualThread
    @Operation(summary = "What waits in a queue, in the order in which it is taken")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such queue")
    public List<QueueEntry> list(@RestPath String name, @QueryParam("limit") @DefaultValue("50") int limit) {
        return queues.list(name, limit);
    }

    @POST
    @Path("/{name}/next")
    @RunOnVirtualThread
    @Operation(
            summary = "Takes the next task of a queue",
            description = "Nobody else gets it for cermin.review.lease; asked again, the same reviewer gets it again.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "204", description = "Nothing is free")
    @APIResponse(responseCode = "404", description = "There is no such queue")
    public Response next(@RestPath String name) {
        return queues.next(name, callers.current().name())
                .map(entry -> Response.ok(entry).build())
                .orElseGet(() -> Response.noContent().build());
    }

    @DELETE
    @Path("/{name}/tasks/{id}")
    @RunOnVirtualThread
    @Operation(summary = "Gives back what was taken; it waits at the end of the queue")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "409", description = "Who asks doesn't have it")
    public void giveBack(@RestPath String name, @RestPath UUID id) {
        String by = callers.current().name();
        if (!queues.giveBack(name, id, by)) {
            throw HttpProblem.builder()
                    .withTitle("Not taken")
                    .withStatus(Response.Status.CONFLICT)
                    .withDetail(
                            "'%s' hasn't taken task %s from queue '%s', or no longer has it".formatted(by, id, name))
                    .build();
        }
    }
}
