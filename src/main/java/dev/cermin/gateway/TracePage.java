package dev.cermin.gateway;

import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
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

/** A first plain page of a trace, and a list of the latest ones. All that is stored is shown as text. */
@Path("/traces")
@Produces(MediaType.TEXT_HTML)
public class TracePage {
    private final TraceStore store;

    TracePage(TraceStore store) {
        this.store = store;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance traces(List<TaskSummary> tasks);

        static native TemplateInstance trace(TaskSummary task, List<StepView> steps, Verification chain);
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance list() {
        return Templates.traces(store.latest(100));
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance one(@RestPath UUID id) {
        TaskSummary task = store.task(id).orElseThrow(() -> Problems.unknownTask(id));
        List<TraceStep> steps = store.steps(id, 0);
        return Templates.trace(task, steps.stream().map(StepView::of).toList(), Chain.verify(steps));
    }
}
