package dev.cermin.trace;

import dev.cermin.json.Json;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Decision.Choice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to a trace, as a review step records it. Who it was stands as the step's worker too, and a comment is
 * the step's response, a text that can be erased for itself.
 *
 * @param act what was done
 * @param label of an act of labelling
 * @param assignee of an act of assigning
 * @param decision of an act of deciding
 * @param by who did it, by the name that they are logged in with
 * @param request the id of the request that led to it, by which it is done once; null where there is none
 */
public record Review(
        Act act,
        @Nullable Label label,
        @Nullable String assignee,
        @Nullable Decided decision,
        String by,
        @Nullable String request) {
    /** What can be done. */
    public enum Act {
        /** A label was given, with or without a comment. */
        LABEL,
        /** A comment alone. */
        COMMENT,
        /** The task is somebody's to look at. */
        ASSIGN,
        /** It is nobody's any more. */
        UNASSIGN,
        /** A loop that waited for it goes on, or ends. */
        DECIDE;

        /** As in requests. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was decided, without its comment.
     *
     * @param byDefault whether nobody decided in time
     * @param waited how long the loop waited
     */
    public record Decided(Choice choice, boolean byDefault, Duration waited) {}

    /** What a reviewer says of a draft. */
    public enum Label {
        RIGHT,
        WRONG,
        /** It can't be told. */
        UNCLEAR;

        /** As in rows and requests. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null where that can't be told. */
        public @Nullable Boolean right() {
            return this == UNCLEAR ? null : Boolean.valueOf(this == RIGHT);
        }
    }

    public static Review label(Label label, String by, @Nullable String request) {
        return new Review(Act.LABEL, label, null, null, by, request);
    }

    public static Review comment(String by, @Nullable String request) {
        return new Review(Act.COMMENT, null, null, null, by, request);
    }

    /** @param assignee null for nobody any more */
    public static Review assign(@Nullable String assignee, String by, @Nullable String request) {
        return new Review(assignee == null ? Act.UNASSIGN : Act.ASSIGN, null, assignee, null, by, request);
    }

    static Review decision(Decision given) {
        Decided decided = new Decided(given.choice(), given.byDefault(), given.waited());
        return new Review(Act.DECIDE, null, null, decided, given.by(), given.request());
    }

    /** @param comment of the decision; null for none */
    Decision decision(@Nullable String comment) {
        Decided decided = Objects.requireNonNull(decision, "decision");
        return new Decision(
                decided.choice(), comment == null ? "" : comment, by, decided.byDefault(), decided.waited(), request);
    }

    /** Whether it is accepted by that; null where that doesn't say so. */
    @Nullable
    Boolean accepted() {
        if (decision != null) {
            return decision.choice() == Choice.KEEP ? null : Boolean.valueOf(decision.choice() == Choice.ACCEPT);
        }
        return label == null ? null : label.right();
    }

    /**
     * The last word on a draft: the step that gave it its label.
     *
     * @param steps of the whole trace
     * @param round the draft's
     * @param answer whether it is the one that the loop gave: of several first drafts only that one has a label
     */
    public static Optional<TraceStep> lastLabel(List<TraceStep> steps, int round, boolean answer) {
        int answered = steps.stream()
                .filter(step -> step.kind() == StepKind.FINISH)
                .mapToInt(TraceStep::round)
                .findFirst()
                .orElse(-1);
        for (int i = steps.size() - 1; i > 0; i--) {
            TraceStep step = steps.get(i);
            boolean meant = step.round() == answered ? answer : step.round() == round;
            if (meant && of(step).map(Review::label).isPresent()) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** Of a review step; empty for one of another kind, and where that text was erased. */
    public static Optional<Review> of(TraceStep step) {
        String findings = step.kind() == StepKind.REVIEW ? step.texts().findings() : null;
        return findings == null
                ? Optional.empty()
                : Optional.ofNullable(Json.read(findings, Findings.class).review());
    }
}
