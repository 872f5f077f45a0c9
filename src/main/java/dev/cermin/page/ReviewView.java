package dev.cermin.page;

import dev.cermin.review.QueueEntry;
import dev.cermin.review.Queues;
import dev.cermin.review.Reviewed;
import dev.cermin.security.Caller;
import dev.cermin.security.Roles;
import dev.cermin.trace.Review.Act;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people did to a trace, and what they may do now.
 *
 * @param acts the eldest first
 * @param waiting queues that it is in
 * @param caller who looks at it, by name
 * @param may whether they may review
 * @param request an id for what they do next, by which it is done once
 */
public record ReviewView(List<Reviewed> acts, List<QueueEntry> waiting, String caller, boolean may, String request) {
    private static final Set<String> REVIEWERS = Set.of(Roles.REVIEWER, Roles.ADMIN);

    /** For parts of a page that show none of it. */
    static final ReviewView NONE = new ReviewView(List.of(), List.of(), "", false, "");

    static ReviewView of(List<Reviewed> acts, List<QueueEntry> waiting, Caller caller) {
        return new ReviewView(
                acts,
                waiting,
                caller.name(),
                caller.isAny(REVIEWERS),
                UUID.randomUUID().toString());
    }

    /** The wait of a loop for a person; null where it doesn't. */
    public @Nullable QueueEntry decision() {
        return waiting.stream()
                .filter(entry -> entry.queue().equals(Queues.DECISIONS))
                .findFirst()
                .orElse(null);
    }

    /** Whose it is to look at; empty for nobody's. */
    public String assignee() {
        for (Reviewed each : acts.reversed()) {
            if (each.act() == Act.ASSIGN || each.act() == Act.UNASSIGN) {
                return each.assignee() == null ? "" : each.assignee();
            }
        }
        return "";
    }

    public boolean mine() {
        return !caller.isEmpty() && caller.equals(assignee());
    }
}
