package dev.cermin.gateway;

import dev.cermin.flow.DeadTasks;
import dev.cermin.flow.TraceFeed;
import dev.cermin.json.Json;
import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A task's steps as they are done. */
@Path("/api/tasks/{id}/events")
@Tag(name = "tasks")
public class EventsResource {
    private final TraceFeed feed;
    private final TraceStore store;
    private final Accepted accepted;
    private final Stored stored;
    private final DeadTasks dead;
    private final Callers callers;

    EventsResource(
            TraceFeed feed, TraceStore store, Accepted accepted, Stored stored, DeadTasks dead, Callers callers) {
        this.dead = dead;
        this.callers = callers;
        this.feed = feed;
        this.store = store;
        this.accepted = accepted;
        this.stored = stored;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Server-sent events, one a step, ended by 'finish', or by 'set_aside'",
            description =
                    "The event's name is the step's kind, its id the step's number, its data the step. A client"
                            + " that comes back with Last-Event-ID goes on behind that step; behind the last one it gets 204,"
                            + " which ends its coming back. When 'finish' comes, the outcome is there. A task that was set aside"
                            + " to the dead letters ends with 'set_aside', whose data has the reason: a client need not come back.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "204", description = "The task has ended, and the client has its last event")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public Multi<OutboundSseEvent> events(
            @RestPath UUID id, @HeaderParam("Last-Event-ID") @Nullable String last, @Context Sse sse) {
        int from = last == null || last.isBlank() ? 0 : number(last.strip()) + 1;
        Optional<TaskSummary> task = store.task(id);
        if (task.isEmpty() && !accepted.contains(id)) {
            throw Problems.unknownTask(id);
        }
        // what people do to the trace afterwards is not told here
        if (task.isPresent() && !task.get().running() && !Replay.ended(store.steps(id, from))) {
            throw new AllTold();
        }
        Caller caller = callers.current();
        return Multi.createFrom()
                .emitter(emitter -> Thread.ofVirtual()
                        .name("cermin-events-" + id)
                        .start(callers.carriedOver(caller, () -> follow(id, from, sse, emitter))));
    }

    static final class AllTold extends RuntimeException {}

    @ServerExceptionMapper
    Response noContent(AllTold allTold) {
        return Response.noContent().build();
    }

    private static int number(String last) {
        // no trace has more steps than that
        if (!last.matches("[0-9]{1,6}")) {
            throw Problems.invalid("Last-Event-ID", "The number of a step is expected, not '%s'".formatted(last));
        }
        return Integer.parseInt(last);
    }

    private void follow(UUID id, int from, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        AtomicBoolean finished = new AtomicBoolean();
        try {
            feed.follow(
                    id,
                    from,
                    step -> {
                        if (step.kind() == StepKind.FINISH) {
                            finished.set(true);
                            stored.await(id);
                        }
                        emitter.emit(sse.newEventBuilder()
                                .id(String.valueOf(step.number()))
                                .name(step.kind().key())
                                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                                .data(String.class, Json.text(step))
                                .build());
                    },
                    () -> !emitter.isCancelled() && dead.reason(id).isEmpty());
            if (!finished.get()) {
                dead.reason(id)
                        .ifPresent(reason -> emitter.emit(sse.newEventBuilder()
                                .name("set_aside")
                                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                                .data(String.class, Json.text(Map.of("reason", reason)))
                                .build()));
            }
            emitter.complete();
        } catch (InterruptedException | RuntimeException e) {
            emitter.fail(e);
        }
    }
}
