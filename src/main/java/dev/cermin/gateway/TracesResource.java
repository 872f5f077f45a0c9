package dev.cermin.gateway;

import dev.cermin.search.FilterException;
import dev.cermin.search.PageKey;
import dev.cermin.search.Statistics;
import dev.cermin.search.TracePage;
import dev.cermin.search.TraceRow;
import dev.cermin.search.Traces;
import dev.cermin.security.Callers;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Stored traces over REST: searched, summed up, read in pages. */
@Path("/api/traces")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "traces")
public class TracesResource {
    private static final int USUAL = 25;
    private static final int USUAL_STEPS = 100;
    private static final int MOST_STEPS = 1000;

    private final Traces traces;
    private final TraceStore store;
    private final Callers callers;

    TracesResource(Traces traces, TraceStore store, Callers callers) {
        this.traces = traces;
        this.store = store;
        this.callers = callers;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Traces, the latest first, a page",
            description =
                    "next asks for the page behind it, as after; new traces change no page behind one. A long search"
                            + " may be cut short: then searchedTo says how far back it is done, and next goes on from there.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 200; 25 where nothing is said")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "What the page before said as next")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "400", description = "A parameter that can't be meant; field names it")
    public Page list(@Context UriInfo uri) {
        try {
            Map<String, String> parameters = FilterQuery.parameters(uri);
            int limit = number("limit", parameters.remove("limit"), USUAL, Traces.MOST);
            String after = parameters.remove("after");
            PageKey key = after == null || after.isBlank() ? null : PageKey.of(after);
            return Page.of(traces.page(FilterQuery.filter(parameters, callers.current()), key, limit));
        } catch (FilterException e) {
            throw Problems.invalid(e.parameter(), String.valueOf(e.getMessage()));
        }
    }

    @GET
    @Path("/statistics")
    @RunOnVirtualThread
    @Operation(
            summary = "Figures over all traces that are meant",
            description =
                    "What each round gained, flips, tokens, cost and time by agent, model, stop reason; counts by day")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Statistics.class)))
    @APIResponse(responseCode = "400", description = "A parameter that can't be meant; field names it")
    public Statistics statistics(@Context UriInfo uri) {
        return traces.statistics(FilterQuery.filter(FilterQuery.parameters(uri), callers.current()));
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @Operation(summary = "A trace's summary")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public TaskSummary one(@RestPath UUID id) {
        return store.task(id).orElseThrow(() -> Problems.unknownTask(id));
    }

    @GET
    @Path("/{id}/steps")
    @RunOnVirtualThread
    @Operation(summary = "A trace's steps with their hash chain, in order, a page")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000; 100 where nothing is said")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "What the page before said as next: a step's number")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "A parameter that can't be meant; field names it")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public Steps steps(@RestPath UUID id, @Context UriInfo uri) {
        Map<String, String> parameters = FilterQuery.parameters(uri);
        int limit = number("limit", parameters.remove("limit"), USUAL_STEPS, MOST_STEPS);
        String after = parameters.remove("after");
        int from = after == null ? 0 : number("after", after, 0, Integer.MAX_VALUE - 1) + 1;
        parameters.keySet().stream().findFirst().ifPresent(name -> {
            throw Problems.invalid(name, "There is no parameter '%s'; known are limit and after".formatted(name));
        });
        TaskSummary task = one(id);
        List<TraceStep> steps = store.steps(id, from, limit);
        boolean more = from + steps.size() < task.steps() && !steps.isEmpty();
        return new Steps(steps, more ? steps.getLast().number() : null);
    }

    /**
     * A page.
     *
     * @param next null where there is no more
     * @param searchedTo null where the search was not cut short
     */
    @Schema(name = "TracePage")
    public record Page(
            List<TraceRow> traces,
            @Nullable String next,
            @Nullable Instant searchedTo) {
        static Page of(TracePage page) {
            return new Page(
                    page.rows(), page.next() == null ? null : page.next().text(), page.searchedTo());
        }
    }

    /**
     * Steps of a trace.
     *
     * @param next null where there is no more yet
     */
    @Schema(name = "StepPage")
    public record Steps(List<TraceStep> steps, @Nullable Integer next) {}

    private static int number(String name, @Nullable String text, int usual, int most) {
        int least = name.equals("after") ? 0 : 1;
        try {
            int number = text == null ? usual : Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(name, text, least, most);
        }
        throw outside(name, text, least, most);
    }

    private static RuntimeException outside(String name, @Nullable String text, int least, int most) {
        return Problems.invalid(
                name, "%s is '%s'; a whole number from %d to %d is expected".formatted(name, text, least, most));
    }
}
