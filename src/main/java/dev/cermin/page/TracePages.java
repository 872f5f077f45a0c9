package dev.cermin.page;

import dev.cermin.integrity.TraceVerification;
import dev.cermin.integrity.TraceVerifier;
import dev.cermin.review.Queues;
import dev.cermin.review.Reviews;
import dev.cermin.security.Callers;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** One trace, and each of its steps. */
@Path("/traces/{id}")
@Produces(MediaType.TEXT_HTML)
public class TracePages {
    private final TraceStore store;
    private final TraceVerifier verifier;
    private final Reviews reviews;
    private final Queues queues;
    private final Callers callers;

    TracePages(TraceStore store, TraceVerifier verifier, Reviews reviews, Queues queues, Callers callers) {
        this.store = store;
        this.verifier = verifier;
        this.reviews = reviews;
        this.queues = queues;
        this.callers = callers;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance trace(TraceView trace, ReviewView reviews);

        static native TemplateInstance step(TaskSummary task, StepLine line, int last);
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance trace(@RestPath String id) {
        UUID task = Parameters.task(id);
        TraceView trace = view(task);
        return Templates.trace(trace, ReviewView.of(reviews.history(task), queues.of(task), callers.current()));
    }

    @GET
    @Path("/steps/{number:[0-9]{1,6}}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance step(@RestPath String id, @RestPath int number) {
        UUID task = Parameters.task(id);
        TaskSummary summary = store.task(task).orElseThrow(() -> PageProblems.noTask(task));
        List<TraceStep> steps = store.steps(task, number);
        if (steps.isEmpty() || steps.getFirst().number() != number) {
            throw PageProblems.noStep(task, number);
        }
        return Templates.step(
                summary,
                StepLine.of(steps.subList(0, 1)).getFirst(),
                steps.getLast().number());
    }

    private TraceView view(UUID task) {
        TaskSummary summary = store.task(task).orElseThrow(() -> PageProblems.noTask(task));
        TraceVerification record = verifier.verify(task).orElseThrow(() -> PageProblems.noTask(task));
        return TraceView.of(summary, store.steps(task, 0), store.forks(task), record);
    }
}
