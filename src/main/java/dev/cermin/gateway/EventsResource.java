package dev.cermin.gateway;

import dev.cermin.flow.TraceFeed;
import dev.cermin.json.Json;
import dev.cermin.store.TraceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** A task's steps as they are done. */
@Path("/api/tasks/{id}/events")
@Tag(name = "tasks")
public class EventsResource {
    private final TraceFeed feed;
    private final TraceStore store;
    private final Accepted accepted;

    EventsResource(TraceFeed feed, TraceStore store, Accepted accepted) {
        this.feed = feed;
        this.store = store;
        this.accepted = accepted;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Server-sent events, one a step, ended by 'finish'",
            description = "The event's name is the step's kind, its id the step's number, its data the step. A client"
                    + " that comes back with Last-Event-ID goes on behind that step.")
    public Multi<OutboundSseEvent> events(
            @RestPath UUID id, @HeaderParam("Last-Event-ID") @Nullable Integer last, @Context Sse sse) {
        int from = last == null ? 0 : last + 1;
        return Multi.createFrom()
                .emitter(emitter ->
                        Thread.ofVirtual().name("cermin-events-" + id).start(() -> follow(id, from, sse, emitter)));
    }

    private void follow(UUID id, int from, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        try {
            if (!accepted.contains(id) && store.task(id).isEmpty()) {
                emitter.fail(Problems.unknownTask(id));
                return;
            }
            feed.follow(
                    id,
                    from,
                    step -> emitter.emit(sse.newEventBuilder()
                            .id(String.valueOf(step.number()))
                            .name(step.kind().key())
                            .mediaType(MediaType.APPLICATION_JSON_TYPE)
                            .data(String.class, Json.text(step))
                            .build()),
                    () -> !emitter.isCancelled());
            emitter.complete();
        } catch (InterruptedException | RuntimeException e) {
            emitter.fail(e);
        }
    }
}
