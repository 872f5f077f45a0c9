package dev.cermin.page;

import dev.cermin.search.FilterException;
import dev.cermin.search.PageKey;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The list of traces, with its search in the address. */
@Path("/traces")
@Produces(MediaType.TEXT_HTML)
public class TracesPage {
    static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ROWS = 50;

    private final Traces traces;

    TracesPage(Traces traces) {
        this.traces = traces;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance traces(TracePage page, FilterForm form, Links links);
    }

    /**
     * Where the list goes on.
     *
     * @param newest the first page; null where this is it
     * @param older the next one; null where this is the last
     */
    public record Links(@Nullable String newest, @Nullable String older) {}

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response list(@Context UriInfo uri) {
        Map<String, String> given = Parameters.single(uri);
        if (given.containsValue("")) {
            // a form sends all its fields: the address keeps those that say something
            given.values().removeIf(String::isEmpty);
            return Response.seeOther(Addresses.of("/traces", given)).build();
        }
        Map<String, String> filters = new LinkedHashMap<>(given);
        String after = filters.remove("after");
        TraceFilter filter;
        TracePage page;
        try {
            filter = TraceFilter.of(filters);
            page = traces.page(filter, after == null ? null : PageKey.of(after), ROWS, PATIENCE);
        } catch (FilterException e) {
            throw PageProblems.badFilter(e.parameter(), String.valueOf(e.getMessage()));
        }
        Map<String, String> next = new LinkedHashMap<>(filter.parameters());
        String newest = after == null ? null : Addresses.of("/traces", next).toString();
        if (page.next() != null) {
            next.put("after", page.next().text());
        }
        String older =
                page.next() == null ? null : Addresses.of("/traces", next).toString();
        return Response.ok(Templates.traces(page, FilterForm.of("/traces", filter), new Links(newest, older)))
                .build();
    }
}
