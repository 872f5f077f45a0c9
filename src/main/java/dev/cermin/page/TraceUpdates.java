package dev.cermin.page;

import dev.cermin.flow.TraceFeed;
import dev.cermin.integrity.TraceVerification;
import dev.cermin.integrity.TraceVerification.Logged;
import dev.cermin.security.Callers;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lets the page of a running loop grow: whatever a step changes of the page is sent anew. */
@Path("/traces/{id}/live")
public class TraceUpdates {
    private final TraceFeed feed;
    private final TraceStore store;
    private final Callers callers;

    TraceUpdates(TraceFeed feed, TraceStore store, Callers callers) {
        this.callers = callers;
        this.feed = feed;
        this.store = store;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance summary(TraceView trace, String swap);

        static native TemplateInstance steps(TraceView trace, String swap);

        static native TemplateInstance draft(TraceView trace, DraftView draft, String swap);

        static native TemplateInstance ended(UUID task);
    }

    /**
     * A part of the page.
     *
     * @param anew to stand in its own place
     * @param behind to stand behind the others of its kind
     */
    private record Part(String anew, String behind) {}

    /** @param have how many steps the page shows */
    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> updates(
            @RestPath String id,
            @RestQuery int have,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context Sse sse) {
        UUID task = Parameters.task(id);
        TaskSummary summary = store.task(task).orElseThrow(() -> PageProblems.noTask(task));
        int from = last != null && last.matches("[0-9]{1,6}") ? Integer.parseInt(last) + 1 : Math.max(0, have);
        return Updates.of("cermin-page-" + task, callers, sse, updates -> {
            List<TraceStep> steps = new ArrayList<>();
            Map<String, Part> shown = new LinkedHashMap<>();
            feed.follow(
                    task,
                    0,
                    step -> {
                        steps.add(step);
                        if (step.number() == from - 1) {
                            shown.putAll(parts(summary, steps));
                        } else if (step.number() >= from) {
                            tell(updates, summary, steps, shown);
                        }
                    },
                    updates::wanted);
        });
    }

    private static void tell(Updates updates, TaskSummary task, List<TraceStep> steps, Map<String, Part> shown) {
        String number = String.valueOf(steps.getLast().number());
        if (steps.getLast().kind() == StepKind.FINISH) {
            // the browser reads the whole page, with what only a finished one has
            updates.send("update", number, Templates.ended(task.id()).render());
            updates.send("end", number, "");
            return;
        }
        StringBuilder html = new StringBuilder();
        parts(task, steps).forEach((id, part) -> {
            Part before = shown.put(id, part);
            if (before == null) {
                html.append(part.behind());
            } else if (!before.equals(part)) {
                html.append(part.anew());
            }
        });
        updates.send("update", number, html.toString());
    }

    private static Map<String, Part> parts(TaskSummary task, List<TraceStep> steps) {
        TraceView view = TraceView.of(task, steps, List.of(), record(task.id(), Chain.verify(steps)));
        Map<String, Part> parts = new LinkedHashMap<>();
        String summary = Templates.summary(view, "true").render();
        parts.put("summary", new Part(summary, summary));
        for (DraftView draft : view.drafts()) {
            parts.put(
                    draft.id(),
                    new Part(
                            Templates.draft(view, draft, "true").render(),
                            Templates.draft(view, draft, "beforeend:#drafts").render()));
        }
        String table = Templates.steps(view, "true").render();
        parts.put("steps", new Part(table, table));
        return parts;
    }

    private static TraceVerification record(UUID task, Verification chain) {
        return new TraceVerification(
                task,
                chain.intact(),
                chain.complete(),
                chain.steps(),
                chain.head(),
                chain.problem(),
                chain.intact() ? null : chain.steps(),
                List.of(),
                Logged.NOT_YET,
                null);
    }
}
