package dev.cermin.gateway;

import dev.cermin.review.ReviewException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a client is told whose review isn't stored. */
class ReviewProblems {
    @ServerExceptionMapper
    Response map(ReviewException e) {
        HttpProblem.Builder problem = HttpProblem.builder().withDetail(e.getMessage());
        switch (e.reason()) {
            case UNKNOWN_TASK -> problem.withTitle("Unknown task").withStatus(404);
            case UNKNOWN_QUEUE -> problem.withTitle("Unknown queue").withStatus(404);
            case UNFINISHED -> problem.withTitle("Task unfinished").withStatus(409);
            case OTHER_REQUEST -> problem.withTitle("Idempotency key used").withStatus(422);
            case INVALID -> problem.withTitle("Invalid request").withStatus(400).with("field", e.field());
        }
        return problem.build().toResponse();
    }
}
