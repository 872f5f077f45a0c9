package dev.cermin.review;

import dev.cermin.loop.Decision.Choice;
import dev.cermin.trace.Review;
import dev.cermin.trace.TraceStep;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to a trace, as it is stored.
 *
 * @param step the number of its step
 * @param act null where that was erased, as all but the task, who and when
 * @param round of the draft that it is about
 * @param label of an act of labelling
 * @param assignee of an act of assigning
 * @param decision of an act of deciding
 * @param byDefault whether nobody decided in time
 * @param comment null for none, or where it was erased
 * @param commentErased whether there was one
 * @param by who did it
 * @param request the id of the request that led to it; null for none
 */
public record Reviewed(
        UUID task,
        int step,
        Review.@Nullable Act act,
        int round,
        Review.@Nullable Label label,
        @Nullable String assignee,
        @Nullable Choice decision,
        boolean byDefault,
        @Nullable String comment,
        boolean commentErased,
        String by,
        Instant at,
        @Nullable String request) {

    static Reviewed of(TraceStep step) {
        Optional<Review> review = Review.of(step);
        String comment = step.texts().response();
        return new Reviewed(
                step.taskId(),
                step.number(),
                review.map(Review::act).orElse(null),
                step.round(),
                review.map(Review::label).orElse(null),
                review.map(Review::assignee).orElse(null),
                review.map(Review::decision).map(Review.Decided::choice).orElse(null),
                review.map(Review::decision).map(Review.Decided::byDefault).orElse(false),
                comment,
                comment == null && step.textHashes().containsKey("response"),
                step.worker(),
                step.startedAt(),
                review.map(Review::request).orElse(null));
    }
}
