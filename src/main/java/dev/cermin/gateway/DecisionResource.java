package dev.cermin.gateway;

import dev.cermin.flow.Submissions;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Decision.Choice;
import dev.cermin.review.QueueEntry;
import dev.cermin.review.Queues;
import dev.cermin.review.Reviewed;
import dev.cermin.review.Reviews;
import dev.cermin.security.Callers;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** A person's decision about a loop that waits for it. */
@Path("/api/traces/{id}/decision")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reviews")
public class DecisionResource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Queues queues;
    private final Reviews reviews;
    private final Submissions submissions;
    private final Callers callers;

    DecisionResource(Queues queues, Reviews reviews, Submissions submissions, Callers callers) {
        this.queues = queues;
        this.reviews = reviews;
        this.submissions = submissions;
        this.callers = callers;
    }

    /**
     * A decision.
     *
     * @param decision {@code accept}, {@code revise} or {@code reject}
     * @param comment why; of {@code revise}, what is to be corrected
     */
    public record DecisionRequest(
            @Nullable String decision, @Nullable String comment) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Decides about a loop that waits for a person",
            description = "The first decision is what is done. With the same Idempotency-Key it is the same one.")
    @APIResponse(responseCode = "200", description = "It was this decision")
    @APIResponse(responseCode = "202", description = "The word is out; the trace will tell whether it was the first")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "It waits for nothing, or was decided already: that is told")
    public Response decide(
            @RestPath UUID id,
            @HeaderParam(ReviewsResource.REQUEST) @Nullable String key,
            @Nullable DecisionRequest request) {
        Decision decision = decision(request, key == null ? UUID.randomUUID().toString() : key);
        Optional<QueueEntry> waiting = queues.of(id).stream()
                .filter(entry -> entry.queue().equals(Queues.DECISIONS))
                .findFirst();
        if (waiting.isEmpty()) {
            Optional<Reviewed> last = decisions(id).reversed().stream().findFirst();
            return last.map(each -> answer(each, decision)).orElseThrow(() -> notWaiting(id));
        }
        int step = Objects.requireNonNull(waiting.get().step(), "step");
        try {
            submissions.decide(id, step, decision).await().atMost(PATIENCE);
        } catch (RuntimeException e) {
            throw Problems.unavailable(e);
        }
        return told(id, step, decision);
    }

    private Decision decision(@Nullable DecisionRequest request, String key) {
        String given = request == null || request.decision() == null ? "" : request.decision();
        List<Choice> choices = List.of(Choice.ACCEPT, Choice.REVISE, Choice.REJECT);
        Choice choice = choices.stream()
                .filter(each -> each.key().equals(given))
                .findFirst()
                .orElseThrow(() -> Problems.invalid(
                        "decision",
                        "The decision is '%s'; one of %s is expected"
                                .formatted(
                                        given, choices.stream().map(Choice::key).toList())));
        String comment = request == null || request.comment() == null
                ? ""
                : request.comment().strip();
        if (comment.length() > Reviews.LONGEST_COMMENT) {
            throw Problems.invalid(
                    "comment",
                    "comment has %d characters; at most %d are expected"
                            .formatted(comment.length(), Reviews.LONGEST_COMMENT));
        }
        if (choice == Choice.REVISE && comment.isEmpty()) {
            throw Problems.invalid("comment", "To have a draft revised takes a comment: what is to be corrected");
        }
        return new Decision(choice, comment, callers.current().name(), false, Duration.ZERO, key);
    }

    private List<Reviewed> decisions(UUID id) {
        return reviews.history(id).stream()
                .filter(each -> each.decision() != null)
                .toList();
    }

    /** What was decided in the trace, which may be something else; without it after a while, that the word is out. */
    private Response told(UUID id, int step, Decision decision) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (Reviewed each : decisions(id)) {
                if (each.step() == step) {
                    return answer(each, decision);
                }
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return Response.accepted().build();
    }

    private static Response answer(Reviewed known, Decision asked) {
        if (Objects.equals(known.request(), asked.request())) {
            return Response.ok(known).build();
        }
        throw HttpProblem.builder()
                .withTitle("Decided already")
                .withStatus(Response.Status.CONFLICT)
                .withDetail("Task %s was decided by %s at %s: %s%s"
                        .formatted(
                                known.task(),
                                known.byDefault() ? Decision.POLICY : known.by(),
                                known.at(),
                                Objects.requireNonNull(known.decision()).key(),
                                known.byDefault() ? ", as nobody had in time" : ""))
                .with("decision", known.decision().key())
                .with("by", known.by())
                .build();
    }

    private static HttpProblem notWaiting(UUID id) {
        return HttpProblem.builder()
                .withTitle("Not waiting")
                .withStatus(Response.Status.CONFLICT)
                .withDetail("Task %s waits for no decision; those that do are at /api/reviews/queues/%s"
                        .formatted(id, Queues.DECISIONS))
                .build();
    }
}
