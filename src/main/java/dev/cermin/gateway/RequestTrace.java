package dev.cermin.gateway;

import dev.cermin.observe.CallerTrace;
import dev.cermin.observe.Spans;
import dev.cermin.observe.TraceParent;
import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** A request's {@code traceparent}: its tasks belong into its caller's trace; with the caller, for threads of their own. */
@Singleton
public class RequestTrace implements CallerTrace {
    private final ThreadLocal<TraceParent> handed = new ThreadLocal<>();
    private final CurrentVertxRequest current;
    private final Callers callers;

    public RequestTrace(CurrentVertxRequest current, Callers callers) {
        this.callers = callers;
        this.current = current;
    }

    @Override
    public @Nullable TraceParent get() {
        TraceParent given = handed.get();
        if (given != null || !Arc.container().requestContext().isActive()) {
            return given;
        }
        RoutingContext context = current.getCurrent();
        return context == null ? null : of(context.request());
    }

    private static @Nullable TraceParent of(HttpServerRequest request) {
        return TraceParent.of(request.getHeader(TraceParent.HEADER), request.getHeader(TraceParent.STATE))
                .orElse(null);
    }

    /** The same work, for a thread of its own that serves this request. */
    public Runnable carriedOver(RoutingContext context, Runnable work) {
        TraceParent given = of(context.request());
        Caller caller = Callers.of(context);
        return Spans.within(() -> {
            handed.set(given);
            callers.carriedOver(caller, work).run();
        });
    }
}
