package dev.cermin.page;

import dev.cermin.review.ReviewException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;

/** What is wrong with a request for a page; {@link ErrorPages} makes it readable. */
final class PageProblems {
    private PageProblems() {}

    static HttpProblem badFilter(String parameter, String detail) {
        return HttpProblem.builder()
                .withTitle("This search can't be read")
                .withStatus(Status.BAD_REQUEST)
                .withDetail(detail)
                .with("field", parameter)
                .build();
    }

    static HttpProblem noTask(Object id) {
        return HttpProblem.builder()
                .withTitle("There is no such trace")
                .withStatus(Status.NOT_FOUND)
                .withDetail(
                        "No task has the id '%s'. It may be misspelt, not be stored yet, or gone by age".formatted(id))
                .build();
    }

    static HttpProblem noStep(Object id, int number) {
        return HttpProblem.builder()
                .withTitle("There is no such step")
                .withStatus(Status.NOT_FOUND)
                .withDetail("The trace of task %s has no step %d".formatted(id, number))
                .build();
    }

    static HttpProblem badForm(String detail) {
        return HttpProblem.builder()
                .withTitle("This can't be done")
                .withStatus(Status.BAD_REQUEST)
                .withDetail(detail)
                .build();
    }

    static HttpProblem of(ReviewException e) {
        Status status = switch (e.reason()) {
            case UNKNOWN_TASK, UNKNOWN_QUEUE -> Status.NOT_FOUND;
            case UNFINISHED -> Status.CONFLICT;
            case INVALID, OTHER_REQUEST -> Status.BAD_REQUEST;
        };
        return HttpProblem.builder()
                .withTitle("This can't be done")
                .withStatus(status)
                .withDetail(String.valueOf(e.getMessage()))
                .build();
    }
}
