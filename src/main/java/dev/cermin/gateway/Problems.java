package dev.cermin.gateway;

import dev.cermin.security.OtherTenantException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Errors as RFC 9457 problem details: what was given, what is expected, what to do. */
final class Problems {
    private Problems() {}

    static HttpProblem invalid(String field, String detail) {
        return HttpProblem.builder()
                .withTitle("Invalid request")
                .withStatus(Status.BAD_REQUEST)
                .withDetail(detail)
                .with("field", field)
                .build();
    }

    static HttpProblem tooLarge(String field, String detail) {
        return HttpProblem.builder()
                .withTitle("Task too large")
                .withStatus(Status.REQUEST_ENTITY_TOO_LARGE)
                .withDetail(detail)
                .with("field", field)
                .build();
    }

    static HttpProblem limited(LimitException e) {
        return HttpProblem.builder()
                .withTitle("Limit reached")
                .withStatus(Status.TOO_MANY_REQUESTS)
                .withDetail(e.getMessage())
                .withHeader("Retry-After", e.retryAfterSeconds())
                .with("tenant", e.tenant())
                .with("limit", e.setting())
                .build();
    }

    static HttpProblem usedKey(String key) {
        return HttpProblem.builder()
                .withTitle("Idempotency key used")
                .withStatus(422)
                .withDetail(
                        ("Idempotency-Key '%s' came with another task before; one key is for one task. Send the same"
                                        + " task again, or this one with a key of its own")
                                .formatted(key))
                .build();
    }

    static HttpProblem pendingKey(String key) {
        return HttpProblem.builder()
                .withTitle("Idempotency key in use")
                .withStatus(Status.CONFLICT)
                .withDetail("Another request with Idempotency-Key '%s' isn't answered yet; try again".formatted(key))
                .withHeader("Retry-After", 1)
                .build();
    }

    static HttpProblem otherTenant(OtherTenantException e) {
        return HttpProblem.builder()
                .withTitle("Another tenant")
                .withStatus(Status.FORBIDDEN)
                .withDetail(e.getMessage())
                .with("field", "tenant")
                .build();
    }

    static HttpProblem unknownTask(UUID id) {
        return HttpProblem.builder()
                .withTitle("Unknown task")
                .withStatus(Status.NOT_FOUND)
                .withDetail("There is no task %s; ids come from the answer to POST /api/tasks".formatted(id))
                .build();
    }

    static HttpProblem unfinished(UUID id) {
        return HttpProblem.builder()
                .withTitle("Task unfinished")
                .withStatus(Status.CONFLICT)
                .withDetail("Task %s goes on; follow /api/tasks/%s/events, or ask again".formatted(id, id))
                .build();
    }

    static HttpProblem erased(UUID id, IllegalArgumentException cause) {
        return HttpProblem.builder()
                .withTitle("Outcome erased")
                .withStatus(Status.GONE)
                .withDetail("The outcome of task %s can't be told: %s. What is left is at /api/tasks/%s/trace"
                        .formatted(id, cause.getMessage(), id))
                .build();
    }

    static HttpProblem finished(UUID id) {
        return HttpProblem.builder()
                .withTitle("Task finished")
                .withStatus(Status.CONFLICT)
                .withDetail("Task %s has ended; its outcome is at /api/tasks/%s/outcome".formatted(id, id))
                .build();
    }

    static HttpProblem unavailable(Throwable cause) {
        return HttpProblem.builder()
                .withTitle("Not accepted")
                .withStatus(Status.SERVICE_UNAVAILABLE)
                .withDetail("Kafka did not take the task, so it is not accepted; try again later (%s)"
                        .formatted(cause.getMessage()))
                .withHeader("Retry-After", 5)
                .build();
    }
}
