package dev.cermin.review;

import java.util.UUID;

/** Why a review isn't stored; the message says what to do. */
public final class ReviewException extends RuntimeException {
    private final Reason reason;
    private final String field;

    /** In kind. */
    public enum Reason {
        /** There is no such task. */
        UNKNOWN_TASK,
        /** There is no such queue. */
        UNKNOWN_QUEUE,
        /** The loop goes on, and its trace is its workers' to write. */
        UNFINISHED,
        /** What was given can't be meant; {@link #field()} names it. */
        INVALID,
        /** The request's id came with something else before. */
        OTHER_REQUEST
    }

    private ReviewException(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    static ReviewException invalid(String field, String message) {
        return new ReviewException(Reason.INVALID, field, message);
    }

    static ReviewException unknown(UUID task) {
        return new ReviewException(
                Reason.UNKNOWN_TASK, "", "There is no task %s; ids come from the list of traces".formatted(task));
    }

    static ReviewException unknown(String queue, Iterable<String> known) {
        return new ReviewException(
                Reason.UNKNOWN_QUEUE,
                "",
                "There is no queue '%s'; known are %s. cermin.review.queues.NAME.* makes one".formatted(queue, known));
    }

    static ReviewException unfinished(UUID task) {
        return new ReviewException(
                Reason.UNFINISHED,
                "",
                "Task %s goes on, and is reviewed once it has ended; what it waits for stands in the queue '%s'"
                        .formatted(task, Queues.DECISIONS));
    }

    static ReviewException otherRequest(String request) {
        return new ReviewException(
                Reason.OTHER_REQUEST,
                "request",
                "Request '%s' came with another review of this task before; one id is for one request"
                        .formatted(request));
    }

    public Reason reason() {
        return reason;
    }

    /** What is invalid; empty for other reasons. */
    public String field() {
        return field;
    }
}
