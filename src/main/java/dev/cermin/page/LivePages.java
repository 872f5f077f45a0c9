package dev.cermin.page;

import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
import dev.cermin.search.TraceRow;
import dev.cermin.search.Traces;
import dev.cermin.security.Callers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Loops as they run: the page, and what keeps it up to date. */
@Path("/live")
public class LivePages {
    private static final int MOST_RUNNING = 50;
    private static final int LAST_ENDED = 20;
    private static final TraceFilter UNFINISHED = TraceFilter.of(Map.of("unfinished", "true"));

    private final Traces traces;
    private final Callers callers;

    LivePages(Traces traces, Callers callers) {
        this.callers = callers;
        this.traces = traces;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance live(Now now);

        static native TemplateInstance live$loops(Now now);
    }

    /**
     * What runs, and what has just ended.
     *
     * @param at when that was
     * @param running the latest first
     * @param more whether more run
     * @param ended the latest first
     */
    public record Now(Instant at, List<TraceRow> running, boolean more, List<TraceRow> ended) {
        /** How long a loop has run, or ran. */
        public long millis(TraceRow row) {
            Instant end = row.finishedAt() == null ? at : row.finishedAt();
            return Math.max(0, Duration.between(row.createdAt(), end).toMillis());
        }
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public TemplateInstance live() {
        return Templates.live(now());
    }

    @GET
    @Path("/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        return Updates.of("cermin-live", callers, sse, updates -> {
            String told = "";
            while (updates.wanted()) {
                String loops = Templates.live$loops(now()).render();
                if (!loops.equals(told)) {
                    updates.send("loops", null, loops);
                    told = loops;
                }
                Thread.sleep(1000);
            }
        });
    }

    private Now now() {
        TracePage unfinished = traces.page(UNFINISHED, null, MOST_RUNNING, TracesPage.PATIENCE);
        List<TraceRow> ended =
                traces.page(TraceFilter.ANY, null, LAST_ENDED + MOST_RUNNING, TracesPage.PATIENCE).rows().stream()
                        .filter(row -> row.stopReason() != null)
                        .limit(LAST_ENDED)
                        .toList();
        // what has just ended may still be searched for as it was
        List<TraceRow> running = unfinished.rows().stream()
                .filter(row -> row.stopReason() == null)
                .toList();
        return new Now(Instant.now(), running, unfinished.next() != null, ended);
    }
}
