package dev.cermin.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A token or a session that doesn't hold is told of as one that is missing. */
class FailedLogins {
    private final Logins logins;

    FailedLogins(Logins logins) {
        this.logins = logins;
    }

    @ServerExceptionMapper(
            value = {AuthenticationFailedException.class, UnauthorizedException.class},
            priority = 1)
    Response map(RoutingContext context) {
        Refusals.Answer answer = Refusals.unauthorized(context, logins);
        return Response.status(answer.status())
                .header("WWW-Authenticate", answer.challenge())
                .type(answer.type())
                .entity(answer.body())
                .build();
    }
}
