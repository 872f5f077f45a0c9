package dev.cermin.page;

import dev.cermin.plot.Drawing;
import dev.cermin.search.FilterException;
import dev.cermin.search.Statistics;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.Traces;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What loops gained, what they cost and why they ended. */
@Path("/statistics")
@Produces(MediaType.TEXT_HTML)
public class StatisticsPage {
    private final Traces traces;

    StatisticsPage(Traces traces) {
        this.traces = traces;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance statistics(Statistics figures, List<Drawing> plots, FilterForm form);
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response statistics(@Context UriInfo uri) {
        Map<String, String> given = Parameters.single(uri);
        if (given.containsValue("")) {
            given.values().removeIf(String::isEmpty);
            return Response.seeOther(Addresses.of("/statistics", given)).build();
        }
        try {
            TraceFilter filter = TraceFilter.of(given);
            Statistics figures = traces.statistics(filter);
            return Response.ok(Templates.statistics(
                            figures, StatisticsPlots.of(figures), FilterForm.of("/statistics", filter)))
                    .build();
        } catch (FilterException e) {
            throw PageProblems.badFilter(e.parameter(), String.valueOf(e.getMessage()));
        }
    }
}
