package dev.cermin.page;

import dev.cermin.review.QueueEntry;
import dev.cermin.review.QueueStatus;
import dev.cermin.review.Queues;
import dev.cermin.review.ReviewException;
import dev.cermin.security.Callers;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.StepKind;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The queues of what waits for people. */
@Path("/reviews")
@Produces(MediaType.TEXT_HTML)
public class ReviewPages {
    private static final int ROWS = 50;

    private final Queues queues;
    private final TraceStore store;
    private final Callers callers;

    ReviewPages(Queues queues, TraceStore store, Callers callers) {
        this.queues = queues;
        this.store = store;
        this.callers = callers;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance reviews(List<QueueStatus> queues);

        static native TemplateInstance queue(String name, List<Row> rows, String caller);
    }

    /**
     * A task that waits.
     *
     * @param task its row; null where it is gone
     * @param input null where it was erased
     */
    public record Row(
            QueueEntry entry,
            @Nullable TaskSummary task,
            @Nullable String input) {}

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance all() {
        return Templates.reviews(queues.all());
    }

    @GET
    @Path("/{name}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance one(@RestPath String name) {
        List<Row> rows = new ArrayList<>();
        for (QueueEntry entry : queues.list(name, ROWS)) {
            rows.add(new Row(entry, store.task(entry.task()).orElse(null), input(entry.task())));
        }
        return Templates.queue(name, rows, callers.current().name());
    }

    private @Nullable String input(UUID task) {
        return store.steps(task, StepKind.SUBMIT).stream()
                .map(step -> step.texts().output())
                .flatMap(text -> text == null ? null : text.strip().lines().limit(1))
                .findFirst()
                .orElse(null);
    }

    @POST
    @Path("/{name}/next")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response next(@RestPath String name) {
        String to = queues.next(name, callers.current().name())
                .map(entry -> "/traces/" + entry.task() + "#reviews")
                .orElse("/reviews");
        return Response.seeOther(URI.create(to)).build();
    }

    @POST
    @Path("/{name}/back")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response back(@RestPath String name, @RestForm @Nullable String task) {
        queues.giveBack(name, Parameters.task(task), callers.current().name());
        return Response.seeOther(URI.create("/reviews")).build();
    }

    @ServerExceptionMapper
    Response refused(ReviewException e) {
        return PageProblems.of(e).toResponse();
    }
}
