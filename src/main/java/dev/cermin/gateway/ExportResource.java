package dev.cermin.gateway;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cermin.export.TraceLine;
import dev.cermin.search.PageKey;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
import dev.cermin.search.TraceRow;
import dev.cermin.search.Traces;
import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Traces as JSON Lines. */
@Path("/api/traces/export")
@Tag(name = "traces")
public class ExportResource {
    private static final Logger LOG = Logger.getLogger(ExportResource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 50;

    private final Traces traces;
    private final TraceStore store;
    private final Callers callers;

    ExportResource(Traces traces, TraceStore store, Callers callers) {
        this.traces = traces;
        this.store = store;
        this.callers = callers;
    }

    /** A trace's JSON as it is to be written. */
    public record Line(@JsonValue @JsonRawValue String json) {}

    /** A page, and where the next one begins. */
    private record Part(List<Line> lines, @Nullable PageKey next) {}

    @GET
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Traces as JSON Lines, the latest first",
            description =
                    "By the filters of the search, as they are read from the store; the schema of a line is"
                            + " /schemas/export.v1.json. What began meanwhile is not among them. A trace whose terms were erased is left out.")
    @APIResponse(responseCode = "200", description = "A line a trace")
    @APIResponse(responseCode = "400", description = "A filter that isn't known, or whose value can't be read")
    public Multi<Line> export(@Context UriInfo uri) {
        Caller caller = callers.current();
        TraceFilter filter = FilterQuery.filter(FilterQuery.parameters(uri), caller);
        AtomicBoolean more = new AtomicBoolean(true);
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new PageKey[1],
                        after -> Uni.createFrom()
                                .item(() -> callers.as(caller, () -> part(filter, after[0])))
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                .invoke(part -> {
                                    after[0] = part.next();
                                    more.set(part.next() != null);
                                }))
                .whilst(part -> more.get())
                .onItem()
                .transformToIterable(Part::lines);
    }

    private Part part(TraceFilter filter, @Nullable PageKey after) {
        TracePage page = traces.page(filter, after, PAGE, PATIENCE);
        return new Part(page.rows().stream().flatMap(row -> line(row).stream()).toList(), page.next());
    }

    private List<Line> line(TraceRow row) {
        List<TraceStep> steps = store.steps(row.id(), 0);
        if (steps.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(new Line(TraceLine.of(steps).json()));
        } catch (IllegalArgumentException e) {
            LOG.debugf("Task %s is left out of an export: %s", row.id(), e.getMessage());
            return List.of();
        }
    }
}
