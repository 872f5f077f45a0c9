package dev.cermin.gateway;

import dev.cermin.review.Act;
import dev.cermin.review.Reviewed;
import dev.cermin.review.Reviews;
import dev.cermin.security.Callers;
import dev.cermin.trace.Review.Label;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What people say about a trace; each act is a step of it. */
@Path("/api/traces/{id}/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reviews")
public class ReviewsResource {
    static final String REQUEST = "Idempotency-Key";

    private final Reviews reviews;
    private final Callers callers;

    ReviewsResource(Reviews reviews, Callers callers) {
        this.reviews = reviews;
        this.callers = callers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Labels a finished task's answer, or another of its drafts, or comments on it",
            description = "With the same Idempotency-Key it is done once. A label takes the task out of its queues.")
    @APIResponse(responseCode = "201", description = "It is a step of the trace")
    @APIResponse(responseCode = "400", description = "Neither a label nor a comment, or no such draft")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task goes on")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another review before")
    public Response add(
            @RestPath UUID id, @HeaderParam(REQUEST) @Nullable String request, @Nullable ReviewRequest review) {
        if (review == null || (review.label() == null && review.comment() == null)) {
            throw Problems.invalid("label", "A label, one of " + labels() + ", a comment, or both are expected");
        }
        Act act = new Act(callers.current().name(), request);
        Reviewed done = review.label() == null
                ? reviews.comment(id, review.round(), String.valueOf(review.comment()), act)
                : reviews.label(id, label(review.label()), review.round(), review.comment(), act);
        return Response.status(Response.Status.CREATED).entity(done).build();
    }

    private static Label label(String given) {
        return Arrays.stream(Label.values())
                .filter(label -> label.key().equals(given))
                .findFirst()
                .orElseThrow(() -> Problems.invalid(
                        "label", "The label is '%s'; one of %s is expected".formatted(given, labels())));
    }

    private static List<String> labels() {
        return Arrays.stream(Label.values()).map(Label::key).toList();
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "What people did to a trace, the eldest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public List<Reviewed> history(@RestPath UUID id) {
        return reviews.history(id);
    }
}
