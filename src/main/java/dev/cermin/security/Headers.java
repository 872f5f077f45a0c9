package dev.cermin.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * What every answer tells browsers not to do, and what no page of another site may have them send: a form's post brings the
 * reader's cookie along, so what changes anything must come from a page of this site, as browsers tell by
 * {@code Sec-Fetch-Site} (Fetch Metadata). Other clients don't send that, and have no cookies either. {@code Origin} is
 * looked at by Quarkus ({@code quarkus.http.cors}).
 */
@Singleton
class Headers {
    /** Before all else, refusals included. */
    private static final int FIRST = 500;

    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none';" + " form-action 'self'";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Logins logins;

    Headers(Logins logins) {
        this.logins = logins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::set, FIRST);
    }

    private void set(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (request.isSSL() || "https".equals(request.getHeader("X-Forwarded-Proto"))) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (logins.required()) {
            // what one caller sees is nobody else's: neither for a proxy nor after a logout
            response.putHeader("Cache-Control", "no-store");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site) && !SAFE.contains(request.method()) && !isAllowed(request)) {
            Refusals.forbidden(context, "A page of another site can't send this; send it from here");
        } else {
            context.next();
        }
    }

    /** A page of a site that {@code quarkus.http.cors.origins} names says whose it is; Quarkus looks at that. */
    private boolean isAllowed(HttpServerRequest request) {
        return logins.knowsOrigin(request.getHeader("Origin"));
    }
}
