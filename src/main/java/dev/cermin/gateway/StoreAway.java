package dev.cermin.gateway;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a client is told while the store can't be read; tasks are taken and worked on all the same. */
class StoreAway {
    private static final Logger LOG = Logger.getLogger(StoreAway.class);

    @ServerExceptionMapper
    Response map(PersistenceException e) {
        LOG.warnf("The store can't be read: %s", e.getMessage());
        return problem().toResponse();
    }

    private static HttpProblem problem() {
        return HttpProblem.builder()
                .withTitle("Traces out of reach")
                .withStatus(Response.Status.SERVICE_UNAVAILABLE)
                .withDetail("Postgres can't be read at the moment. Accepted tasks go on; ask again later")
                .withHeader("Retry-After", 5)
                .build();
    }
}
