package dev.cermin.gateway;

import dev.cermin.review.Act;
import dev.cermin.review.Reviewed;
import dev.cermin.review.Reviews;
import dev.cermin.security.Callers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Whose a finished task is to look at. */
@Path("/api/traces/{id}/assignee")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reviews")
public class AssigneeResource {
    private final Reviews reviews;
    private final Callers callers;

    AssigneeResource(Reviews reviews, Callers callers) {
        this.reviews = reviews;
        this.callers = callers;
    }

    /** @param assignee their name; default: who asks */
    public record Assignment(@Nullable String assignee) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Assigns a finished task to somebody, by default to who asks")
    @APIResponse(responseCode = "200", description = "It is a step of the trace")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task goes on")
    public Reviewed assign(
            @RestPath UUID id,
            @HeaderParam(ReviewsResource.REQUEST) @Nullable String request,
            @Nullable Assignment assignment) {
        String by = callers.current().name();
        String assignee = assignment == null || assignment.assignee() == null ? by : assignment.assignee();
        return reviews.assign(id, assignee, new Act(by, request));
    }

    @DELETE
    @RunOnVirtualThread
    @Operation(summary = "Makes a finished task nobody's")
    @APIResponse(responseCode = "200", description = "It is a step of the trace")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task goes on")
    public Reviewed unassign(@RestPath UUID id, @HeaderParam(ReviewsResource.REQUEST) @Nullable String request) {
        return reviews.assign(id, null, new Act(callers.current().name(), request));
    }
}
