package dev.cermin.review;

import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Review;
import dev.cermin.trace.Review.Label;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people say about traces of tasks that have ended. Each act is one step of the trace, chained to its head, stored in
 * one transaction; the newest label and assignee stand in the task's row too. Thread-safe.
 */
@ApplicationScoped
public class Reviews {
    /** The longest comment, in characters. */
    public static final int LONGEST_COMMENT = 20_000;

    private final TraceStore store;
    private final ReviewStore reviews;
    private final Metrics metrics;
    private final Clock clock = Clock.systemUTC();
    private final Tracer tracer = new Tracer("reviews");

    Reviews(TraceStore store, ReviewStore reviews, Metrics metrics) {
        this.metrics = metrics;
        this.store = store;
        this.reviews = reviews;
    }

    /**
     * Says whether a draft is right. With that of its answer the task leaves the queues that it is in.
     *
     * @param round of the draft; null: the answer
     * @param comment null or blank for none
     * @throws ReviewException where it isn't stored
     */
    @Transactional
    public Reviewed label(UUID task, Label label, @Nullable Integer round, @Nullable String comment, Act act) {
        return append(task, Review.label(label, act.by(), act.request()), round, comment);
    }

    /**
     * Says something without a label.
     *
     * @param round of the draft that it is about; null: the answer
     * @throws ReviewException where it isn't stored
     */
    @Transactional
    public Reviewed comment(UUID task, @Nullable Integer round, String comment, Act act) {
        if (comment.isBlank()) {
            throw ReviewException.invalid("comment", "comment is empty; a text or a label is expected");
        }
        return append(task, Review.comment(act.by(), act.request()), round, comment);
    }

    /**
     * Makes a task somebody's to look at; whoever had it has it no more.
     *
     * @param assignee their name; null: nobody's
     * @throws ReviewException where it isn't stored
     */
    @Transactional
    public Reviewed assign(UUID task, @Nullable String assignee, Act act) {
        if (assignee != null) {
            Act.require("assignee", assignee);
        }
        return append(task, Review.assign(assignee, act.by(), act.request()), null, null);
    }

    /**
     * What people did to a trace, the eldest first; empty where nobody did anything.
     *
     * @throws ReviewException where there is no such task
     */
    @Transactional
    public List<Reviewed> history(UUID task) {
        if (store.task(task).isEmpty()) {
            throw ReviewException.unknown(task);
        }
        return store.steps(task, StepKind.REVIEW).stream().map(Reviewed::of).toList();
    }

    private Reviewed append(UUID task, Review review, @Nullable Integer round, @Nullable String said) {
        String comment = said == null || said.isBlank() ? null : said.strip();
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw ReviewException.invalid(
                    "comment",
                    "comment has %d characters; at most %d are expected".formatted(comment.length(), LONGEST_COMMENT));
        }
        // from here on nobody else adds to this trace: its loop has ended, and others wait for this transaction
        TaskSummary standing = store.lock(task).orElseThrow(() -> ReviewException.unknown(task));
        Optional<TraceStep> known = known(task, review.request());
        if (known.isPresent()) {
            return same(known.get(), review, round, comment);
        }
        if (standing.running()) {
            throw ReviewException.unfinished(task);
        }
        if (!store.steps(task, standing.steps()).isEmpty()) {
            throw new IllegalStateException(
                    "The trace of task %s has steps behind its end, %d; 'cermin verify' tells more"
                            .formatted(task, standing.steps()));
        }
        int answered = store.steps(task, StepKind.FINISH).getFirst().round();
        int about = round == null ? answered : round;
        if (about != answered && !hasDraft(task, about)) {
            throw ReviewException.invalid(
                    "round",
                    "Task %s has no draft of round %d; its answer is of round %d".formatted(task, about, answered));
        }
        TraceHead head = new TraceHead(standing.steps(), standing.head());
        TraceStep step = tracer.reviewed(task, head, review, about, comment, Instant.now(clock));
        store.append(List.of(step), List.of());
        tell(step, review, about == answered);
        return Reviewed.of(step);
    }

    private boolean hasDraft(UUID task, int round) {
        return round == 0 || store.steps(task, StepKind.CORRECT).stream().anyMatch(step -> step.round() == round);
    }

    private void tell(TraceStep step, Review review, boolean ofAnswer) {
        switch (review.act()) {
            case LABEL -> {
                metrics.count(
                        Metric.REVIEWS,
                        Objects.requireNonNull(review.label(), "label").key());
                if (ofAnswer) {
                    reviews.labelled(step.taskId(), Objects.requireNonNull(review.label(), "label"));
                }
            }
            case ASSIGN, UNASSIGN -> reviews.assigned(step.taskId(), review.assignee());
            case COMMENT, DECIDE -> {}
        }
    }

    private Optional<TraceStep> known(UUID task, @Nullable String request) {
        return request == null
                ? Optional.empty()
                : store.steps(task, StepKind.REVIEW).stream()
                        .filter(step -> Review.of(step)
                                .map(Review::request)
                                .filter(request::equals)
                                .isPresent())
                        .findFirst();
    }

    private static Reviewed same(TraceStep step, Review review, @Nullable Integer round, @Nullable String comment) {
        boolean same = Review.of(step).filter(review::equals).isPresent()
                && (round == null || round == step.round())
                && (step.texts().response() == null || step.texts().response().equals(comment));
        if (!same) {
            throw ReviewException.otherRequest(String.valueOf(review.request()));
        }
        return Reviewed.of(step);
    }
}
