package dev.cermin.page;

import dev.cermin.flow.Submissions;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Decision.Choice;
import dev.cermin.review.Act;
import dev.cermin.review.QueueEntry;
import dev.cermin.review.Queues;
import dev.cermin.review.ReviewException;
import dev.cermin.review.Reviews;
import dev.cermin.security.Callers;
import dev.cermin.trace.Review.Label;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What the forms on a trace's page send; each leads back to the page. */
@Path("/traces/{id}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.TEXT_HTML)
public class ReviewForms {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Reviews reviews;
    private final Queues queues;
    private final Submissions submissions;
    private final Callers callers;

    ReviewForms(Reviews reviews, Queues queues, Submissions submissions, Callers callers) {
        this.reviews = reviews;
        this.queues = queues;
        this.submissions = submissions;
        this.callers = callers;
    }

    @POST
    @Path("/review")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response review(
            @RestPath String id,
            @RestForm @Nullable String label,
            @RestForm @Nullable String comment,
            @RestForm @Nullable Integer round,
            @RestForm @Nullable String request) {
        return acted(id, request, (task, act) -> {
            if (label == null || label.isBlank()) {
                reviews.comment(task, round, comment == null ? "" : comment, act);
            } else {
                Label given = Arrays.stream(Label.values())
                        .filter(each -> each.key().equals(label))
                        .findFirst()
                        .orElseThrow(() -> PageProblems.badForm("'%s' is no label".formatted(label)));
                reviews.label(task, given, round, comment, act);
            }
        });
    }

    @POST
    @Path("/assignee")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response assign(
            @RestPath String id, @RestForm @Nullable String assignee, @RestForm @Nullable String request) {
        return acted(
                id,
                request,
                (task, act) ->
                        reviews.assign(task, assignee == null || assignee.isBlank() ? null : assignee.strip(), act));
    }

    @POST
    @Path("/decision")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response decide(
            @RestPath String id,
            @RestForm @Nullable String decision,
            @RestForm @Nullable String comment,
            @RestForm @Nullable String request) {
        return acted(id, request, (task, act) -> {
            Choice choice = Arrays.stream(Choice.values())
                    .filter(each -> each != Choice.KEEP && each.key().equals(decision))
                    .findFirst()
                    .orElseThrow(() -> PageProblems.badForm("accept, revise or reject is expected"));
            String why = comment == null ? "" : comment.strip();
            if (choice == Choice.REVISE && why.isEmpty()) {
                throw PageProblems.badForm("To have a draft revised takes a comment: what is to be corrected");
            }
            if (why.length() > Reviews.LONGEST_COMMENT) {
                throw PageProblems.badForm("The comment has %d characters; at most %d are expected"
                        .formatted(why.length(), Reviews.LONGEST_COMMENT));
            }
            decide(task, new Decision(choice, why, act.by(), false, Duration.ZERO, act.request()));
        });
    }

    /** Where somebody else was sooner, the page tells who. */
    private void decide(UUID task, Decision decision) {
        QueueEntry waiting = queues.of(task).stream()
                .filter(entry -> entry.queue().equals(Queues.DECISIONS))
                .findFirst()
                .orElse(null);
        if (waiting == null) {
            return;
        }
        int step = Objects.requireNonNull(waiting.step(), "step");
        submissions.decide(task, step, decision).await().atMost(PATIENCE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < end && reviews.history(task).stream().noneMatch(each -> each.step() == step)) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // the word is out; the page will tell later
            Thread.currentThread().interrupt();
        }
    }

    /** Something that a person does to a task. */
    private interface Doing {
        void to(UUID task, Act act);
    }

    private Response acted(String id, @Nullable String request, Doing doing) {
        UUID task = Parameters.task(id);
        String known = request == null || request.isBlank() ? null : request;
        doing.to(task, new Act(callers.current().name(), known));
        return Response.seeOther(URI.create("/traces/" + task + "#reviews")).build();
    }

    @ServerExceptionMapper
    Response refused(ReviewException e) {
        return PageProblems.of(e).toResponse();
    }
}
