package dev.cermin.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Holds every request against the table of {@link Permissions}, once it is known who asks. */
@Singleton
class Gatekeeper {
    private static final Logger LOG = Logger.getLogger(Gatekeeper.class);
    /** After Quarkus has found out who it is (200), before anything is done. */
    private static final int PRIORITY = 120;

    private final Logins logins;
    private final HttpAuthenticator authenticator;
    private final ReadLog reads;

    Gatekeeper(Logins logins, HttpAuthenticator authenticator, ReadLog reads) {
        this.reads = reads;
        this.logins = logins;
        this.authenticator = authenticator;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext context) {
        Optional<Permission> row = Permissions.of(context.request().method().name(), context.normalizedPath());
        Caller caller = caller(context);
        if (caller != null) {
            Callers.put(context, caller);
        }
        if (row.filter(Permission::open).isPresent()) {
            context.next();
        } else if (!logins.isGateway()) {
            Refusals.send(context, 404, "No gateway", "This service has not the role gateway", "not_found");
        } else if (!logins.required()) {
            context.next();
        } else if (caller == null) {
            authenticator.sendChallenge(context).subscribe().with(sent -> end(context), context::fail);
        } else if (row.isEmpty()) {
            Refusals.send(context, 404, "Not found", "There is nothing at this address", "not_found");
        } else if (!caller.isAny(row.get().roles())) {
            Refusals.forbidden(
                    context,
                    "'%s' has the roles %s; one of %s is needed"
                            .formatted(
                                    caller.name(),
                                    sorted(caller.roles()),
                                    sorted(row.get().roles())));
        } else if (caller.tenant() != null && caller.tenant().isEmpty()) {
            Refusals.forbidden(context, "Your token names no tenant; an admin of your login can tell why");
        } else if (row.get().reading() != null) {
            read(context, caller, row.get());
        } else {
            context.next();
        }
    }

    /** What can't be logged isn't shown. */
    private void read(RoutingContext context, Caller caller, Permission row) {
        String uri = context.request().uri();
        String id = row.value("id", Permission.segments(context.normalizedPath()));
        UUID task = uuid(id);
        if (id != null && task == null) {
            // there is no such task, as is told without a look
            context.next();
            return;
        }
        context.vertx()
                .executeBlocking(
                        () -> {
                            reads.add(caller, task, String.valueOf(row.reading()), uri);
                            return true;
                        },
                        false)
                .onSuccess(done -> context.next())
                .onFailure(e -> {
                    LOG.warnf(
                            "That %s reads %s can't be logged, so it isn't shown: %s",
                            caller.name(), task, e.getMessage());
                    context.response().putHeader("Retry-After", "5");
                    Refusals.send(
                            context,
                            503,
                            "Traces out of reach",
                            "Postgres can't be written at the moment, and who reads a trace is logged first; ask again later",
                            "unavailable");
                });
    }

    private static @Nullable UUID uuid(@Nullable String id) {
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void end(RoutingContext context) {
        if (!context.response().ended()) {
            context.response().end();
        }
    }

    private static List<String> sorted(Set<String> roles) {
        return roles.stream().sorted().collect(Collectors.toList());
    }

    private static @Nullable Caller caller(RoutingContext context) {
        if (!(context.user() instanceof QuarkusHttpUser user)) {
            return null;
        }
        SecurityIdentity identity = user.getSecurityIdentity();
        if (identity.isAnonymous()) {
            return null;
        }
        Set<String> roles =
                identity.getRoles().stream().filter(Roles.ALL::contains).collect(Collectors.toSet());
        String tenant = identity.getAttribute(KeyMechanism.TENANT);
        String own = tenant == null ? "" : tenant;
        return new Caller(identity.getPrincipal().getName(), roles.contains(Roles.ADMIN) ? null : own, roles);
    }
}
