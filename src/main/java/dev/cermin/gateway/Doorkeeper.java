package dev.cermin.gateway;

import dev.cermin.config.CerminConfig;
import dev.cermin.json.Json;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may come in, whatever they ask for. While only this machine is listened on, it must be called by its own name: else
 * a page whose name was made to mean this machine could read what is answered (DNS rebinding). Pages of other sites are
 * kept out by Quarkus ({@code quarkus.http.cors}).
 */
@ApplicationScoped
public class Doorkeeper {
    /** Before all else, CORS included, whose priority is 300. */
    private static final int FIRST = 400;

    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final ApiKey key;
    private final Set<String> names = new TreeSet<>(OWN);
    private final boolean local;

    /** @param host what is listened on */
    public Doorkeeper(ApiKey key, CerminConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.key = key;
        this.local = OWN.contains(host);
        config.http().allowedHosts().ifPresent(hosts -> hosts.forEach(each -> names.add(lower(each))));
    }

    void register(@Observes Filters filters) {
        // a key that is none is told of at the start
        key.opens("");
        filters.register(this::admit, FIRST);
    }

    /** Passes the request on, or answers it with 401 or 403. */
    public void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader("Authorization");
        if (local && !names.contains(host(request))) {
            refuse(
                    context,
                    403,
                    "Unknown host",
                    "While only this machine is listened on, it answers to localhost, 127.0.0.1 and [::1];"
                            + " cermin.http.allowed-hosts adds names");
        } else if (isMcp(context.normalizedPath()) && !key.opens(authorization == null ? "" : authorization)) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(
                    context,
                    401,
                    "Unauthorized",
                    "This service asks for the key of cermin.openai.api-key, as 'Authorization: Bearer KEY'");
        } else {
            context.next();
        }
    }

    private static boolean isMcp(String path) {
        return path.equals("/mcp") || path.startsWith("/mcp/");
    }

    private static String host(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? "" : lower(authority.host());
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static void refuse(RoutingContext context, int status, String title, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("title", title);
        problem.put("detail", detail);
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(Json.text(problem));
    }
}
