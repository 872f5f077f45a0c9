package dev.cermin.cli;

import dev.cermin.json.Json;
import dev.cermin.loop.Stop;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Review;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A step as a line on the terminal. */
final class StepLine {
    private StepLine() {}

    static void print(TraceStep step) {
        if (step.kind() != StepKind.SUBMIT) {
            System.out.println(of(step));
        }
    }

    /** Empty for the first step, which is the task. */
    static String of(TraceStep step) {
        return step.kind() == StepKind.SUBMIT
                ? ""
                : "  %s %-9s %s"
                        .formatted(
                                Style.faint("%6.2f s".formatted(step.durationMillis() / 1e3)), name(step), said(step));
    }

    private static String name(TraceStep step) {
        return switch (step.kind()) {
            case SUBMIT -> "submit";
            case GENERATE -> "draft";
            case VERIFY -> "verify";
            case REFLECT -> "critique";
            case CORRECT -> "correct";
            case REVIEW -> "review";
            case FINISH -> "stop";
        };
    }

    private static String said(TraceStep step) {
        Findings findings = findings(step);
        if (findings != null && findings.error() != null) {
            return Style.bad(findings.error());
        }
        return switch (step.kind()) {
            case SUBMIT, GENERATE, CORRECT -> oneLine(step.texts().output());
            case REFLECT -> oneLine(step.texts().response());
            case REVIEW -> review(step);
            case VERIFY -> {
                String checks = Objects.requireNonNull(findings, "findings").checks().stream()
                        .map(Check::message)
                        .collect(Collectors.joining("; "));
                yield Boolean.TRUE.equals(step.accepted())
                        ? Style.good("passes  ") + checks
                        : Style.bad("fails   ") + checks;
            }
            case FINISH -> {
                Stop stop = Objects.requireNonNull(findings, "findings").stop();
                String reason =
                        Objects.requireNonNull(stop, "stop").reason().name().toLowerCase(Locale.ROOT);
                String answer = step.texts().output() == null
                        ? "no answer"
                        : step.texts().output();
                yield (Boolean.TRUE.equals(step.accepted()) ? Style.good(reason) : Style.bad(reason)) + "  " + answer;
            }
        };
    }

    private static String review(TraceStep step) {
        String did = Review.of(step)
                .map(review -> switch (review.act()) {
                    case LABEL ->
                        "labels it " + Objects.requireNonNull(review.label()).key();
                    case COMMENT -> "comments";
                    case ASSIGN -> "assigns it to " + review.assignee();
                    case UNASSIGN -> "assigns it to nobody";
                    case DECIDE ->
                        "decides: "
                                + Objects.requireNonNull(review.decision())
                                        .choice()
                                        .key();
                })
                .orElse("reviews it");
        String comment = oneLine(step.texts().response());
        return step.worker() + " " + did + (comment.isEmpty() ? "" : ": " + comment);
    }

    private static @Nullable Findings findings(TraceStep step) {
        return step.texts().findings() == null ? null : Json.read(step.texts().findings(), Findings.class);
    }

    private static String oneLine(@Nullable String text) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        return line.length() <= 150 ? line : line.substring(0, 147) + "...";
    }
}
