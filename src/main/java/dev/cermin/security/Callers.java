package dev.cermin.security;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind what this thread does. In a request that is its caller; on a thread that serves a request for longer, who
 * was {@linkplain #carriedOver carried over}; elsewhere it is the services themselves. So whoever starts a thread for a
 * request carries the caller over; {@code ArchitectureTest} looks after it. Thread-safe.
 */
@Singleton
@Named("callers")
public class Callers {
    private static final String OF_REQUEST = "cermin.caller";

    private final ThreadLocal<@Nullable Caller> handed = new ThreadLocal<>();
    private final CurrentVertxRequest requests;

    public Callers(CurrentVertxRequest requests) {
        this.requests = requests;
    }

    /** The caller; {@link Caller#NOBODY} in a request whose caller isn't known. */
    public Caller current() {
        Caller given = handed.get();
        if (given != null) {
            return given;
        }
        RoutingContext request = request();
        return request == null ? Caller.SERVICE : of(request);
    }

    /** The same for templates: {@code {inject:callers.current.name}}. */
    public Caller getCurrent() {
        return current();
    }

    /** The same work, done in the name of who is behind this thread; for a thread of its own. */
    public Runnable carriedOver(Runnable work) {
        return carriedOver(current(), work);
    }

    /** The same in the name of who was behind it before. */
    public Runnable carriedOver(Caller caller, Runnable work) {
        return () -> as(caller, () -> {
            work.run();
            return true;
        });
    }

    /** Work that somebody is behind. */
    public <T> T as(Caller caller, Supplier<T> work) {
        Caller before = handed.get();
        handed.set(caller);
        try {
            return work.get();
        } finally {
            if (before == null) {
                handed.remove();
            } else {
                handed.set(before);
            }
        }
    }

    /** Of a request. */
    public static Caller of(RoutingContext request) {
        Caller caller = request.get(OF_REQUEST);
        return caller == null ? Caller.NOBODY : caller;
    }

    static void put(RoutingContext request, Caller caller) {
        request.put(OF_REQUEST, caller);
    }

    private @Nullable RoutingContext request() {
        ArcContainer container = Arc.container();
        return container == null || !container.requestContext().isActive() ? null : requests.getCurrent();
    }
}
