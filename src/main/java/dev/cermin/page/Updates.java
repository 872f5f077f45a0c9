package dev.cermin.page;

import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/** A browser's open connection, over which parts of its page are sent anew. For one thread, and one of its own. */
final class Updates {
    private final Sse sse;
    private final MultiEmitter<? super OutboundSseEvent> emitter;

    private Updates(Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        this.sse = sse;
        this.emitter = emitter;
    }

    /** What is to be sent; returns when there is no more, or nobody wants it. */
    interface Source {
        void sendTo(Updates updates) throws InterruptedException;
    }

    static Multi<OutboundSseEvent> of(String name, Callers callers, Sse sse, Source source) {
        Caller caller = callers.current();
        return Multi.createFrom()
                .emitter(emitter -> Thread.ofVirtual()
                        .name(name)
                        .start(callers.carriedOver(caller, () -> run(source, sse, emitter))));
    }

    private static void run(Source source, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        try {
            source.sendTo(new Updates(sse, emitter));
            emitter.complete();
        } catch (InterruptedException | RuntimeException e) {
            // the browser comes back by itself
            emitter.fail(e);
        }
    }

    boolean wanted() {
        return !emitter.isCancelled();
    }

    /**
     * Sends a part of a page.
     *
     * @param name the event's
     * @param id what a browser that comes back names; null for nothing
     */
    void send(String name, @Nullable String id, String html) {
        OutboundSseEvent.Builder event = sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.TEXT_HTML_TYPE)
                // a carriage return would end a line of the protocol
                .data(String.class, html.replace("\r\n", "\n").replace('\r', '\n'));
        emitter.emit((id == null ? event : event.id(id)).build());
    }
}
