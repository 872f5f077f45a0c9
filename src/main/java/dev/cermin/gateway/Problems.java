package dev.cermin.gateway;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Errors as RFC 9457 problem details: what was given, what is expected, what to do. */
final class Problems {
    private Problems() {}

    static HttpProblem invalid(String field, String detail) {
        return HttpProblem.builder()
                .withTitle("Invalid task")
                .withStatus(Status.BAD_REQUEST)
                .withDetail(detail)
                .with("field", field)
                .build();
    }

    static HttpProblem tooLarge(long size, long limit) {
        return HttpProblem.builder()
                .withTitle("Input too large")
                .withStatus(Status.REQUEST_ENTITY_TOO_LARGE)
                .withDetail("The input has %d bytes; at most %d are taken. Shorten it, or split the task"
                        .formatted(size, limit))
                .with("field", "input")
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
