package dev.cermin.page;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Attempt;
import dev.cermin.tool.ToolUse;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Review;
import dev.cermin.trace.Review.Act;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes drafts with their findings of a trace's steps. */
final class Drafts {
    /** Of a draft that is longer, the page shows no diff. */
    private static final int LONGEST = 200_000;

    /** What says nothing about a draft. */
    private static final Set<Act> SILENT = EnumSet.of(Act.ASSIGN, Act.UNASSIGN);

    private final Story story;
    private final List<Being> drafts = new ArrayList<>();

    private Drafts(Story story) {
        this.story = story;
    }

    /** A draft of which more is found out. */
    private static final class Being {
        private final StepLine made;
        private final int attempt;
        private final List<StepLine> about = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        /** @param attempt its index among the loop's attempts; -1 where there is no draft */
        Being(StepLine made, int attempt) {
            this.made = made;
            this.attempt = attempt;
            about.add(made);
        }

        int next() {
            return findings.size() + 1;
        }
    }

    static List<DraftView> of(List<TraceStep> steps, List<StepLine> lines, Story story) {
        Drafts all = new Drafts(story);
        int attempts = 0;
        for (int i = 0; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            switch (step.kind()) {
                case GENERATE, CORRECT -> {
                    boolean draft = step.textHashes().containsKey("output");
                    Being being = new Being(lines.get(i), draft ? attempts++ : -1);
                    all.drafts.add(being);
                    fail(being, step);
                }
                case REVIEW -> all.reviewed(lines.get(i));
                case VERIFY, REFLECT -> all.found(lines.get(i), all.meant(steps, i, attempts));
                default -> {
                    // tells nothing about a draft
                }
            }
        }
        return all.views();
    }

    private @Nullable Being meant(List<TraceStep> steps, int index, int attempts) {
        List<Being> real = drafts.stream().filter(draft -> draft.attempt >= 0).toList();
        if (real.isEmpty()) {
            return null;
        }
        // later rounds have one draft each
        boolean several = steps.get(index).round() == 0 && attempts > 1;
        int meant = several ? Story.focus(steps, index, attempts) : attempts - 1;
        return real.get(meant < 0 ? attempts - 1 : meant);
    }

    /** Of several first drafts a person speaks of the best. */
    private void reviewed(StepLine line) {
        TraceStep step = line.step();
        Optional<Review> review = Review.of(step);
        if (review.map(Review::act).filter(SILENT::contains).isPresent()) {
            return;
        }
        List<Being> meant = drafts.stream()
                .filter(draft -> draft.attempt >= 0 && round(draft) == step.round())
                .toList();
        meant.stream()
                .filter(draft -> meant.size() == 1 || draft.attempt == story.best())
                .findFirst()
                .ifPresent(draft -> {
                    draft.about.add(line);
                    draft.findings.add(Finding.of(draft.next(), step, review.orElse(null)));
                });
    }

    private void found(StepLine line, @Nullable Being about) {
        if (about == null) {
            return;
        }
        TraceStep step = line.step();
        about.about.add(line);
        String kind = step.kind() == StepKind.VERIFY ? "verifier" : "critic";
        Findings found = read(step);
        if (found == null) {
            about.findings.add(Finding.erased(about.next(), step.number(), kind, step.accepted()));
            return;
        }
        if (found.checks() != null) {
            for (Check check : found.checks()) {
                about.findings.add(Finding.of(about.next(), step.number(), check));
            }
        }
        if (found.critique() != null) {
            String response = step.texts().response();
            about.findings.add(Finding.of(about.next(), step.number(), found.critique(), response));
        }
        fail(about, step);
    }

    private static void fail(Being about, TraceStep step) {
        Findings found = read(step);
        if (found != null && found.error() != null) {
            about.findings.add(Finding.failure(about.next(), step.number(), found.error()));
        }
        if (found != null && found.stop() != null && step.kind() != StepKind.FINISH) {
            about.findings.add(
                    Finding.failure(about.next(), step.number(), found.stop().detail()));
        }
    }

    private List<DraftView> views() {
        List<DraftView> views = new ArrayList<>();
        long first = drafts.stream().filter(draft -> round(draft) == 0).count();
        for (int i = 0; i < drafts.size(); i++) {
            views.add(view(i, first > 1));
        }
        return views;
    }

    private DraftView view(int index, boolean several) {
        Being draft = drafts.get(index);
        TraceStep step = draft.made.step();
        Attempt attempt = draft.attempt < 0 ? null : story.attempt(draft.attempt);
        String output = step.texts().output();
        List<Finding> findings = draft.findings;
        List<Span> shown = null;
        if (output != null) {
            List<Spans.Part> parts = new ArrayList<>();
            findings.forEach(finding -> parts.addAll(finding.parts(output)));
            List<Spans.Part> ordered = Quotations.ordered(parts);
            shown = Spans.of(output, ordered);
            List<Span> seen = shown;
            findings = findings.stream()
                    .map(finding -> finding.marked(seen.stream()
                            .anyMatch(span -> span.kind().equals("mark")
                                    && Quotations.numbers(span.of()).contains(String.valueOf(finding.number())))))
                    .toList();
        }
        Being base = step.kind() == StepKind.CORRECT && draft.attempt > 0 ? base(draft) : null;
        return new DraftView(
                "draft-" + (index + 1),
                index + 1,
                title(index, several),
                state(draft, attempt),
                draft.attempt >= 0 && draft.attempt == story.best(),
                draft.made,
                shown,
                step.texts().thinking(),
                notes(step),
                tools(step),
                findings,
                reasons(attempt),
                base == null ? "" : title(drafts.indexOf(base), several),
                base == null ? null : diff(base.made.step().texts().output(), output),
                draft.about);
    }

    private @Nullable Being base(Being draft) {
        int base = story.base(draft.attempt);
        return drafts.stream()
                .filter(other -> other.attempt == base && other.attempt >= 0)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable WordDiff diff(@Nullable String before, @Nullable String after) {
        return before == null || after == null || before.length() + after.length() > LONGEST
                ? null
                : WordDiff.of(before, after);
    }

    private String title(int index, boolean several) {
        int round = round(drafts.get(index));
        if (round > 0) {
            return "Correction " + round;
        }
        return several ? "First draft " + (index + 1) : "First draft";
    }

    private static int round(Being draft) {
        return draft.made.step().round();
    }

    private static String state(Being draft, @Nullable Attempt attempt) {
        if (draft.attempt < 0) {
            return "failed";
        }
        if (attempt == null) {
            Boolean last = draft.about.getLast().step().accepted();
            return last == null ? "open" : last ? "accepted" : "revise";
        }
        if (!attempt.adopted()) {
            return "aside";
        }
        return attempt.verdict() == null ? "open" : attempt.accepted() ? "accepted" : "revise";
    }

    /** A draft that was set aside has findings of its own, or none at all. */
    private static List<String> reasons(@Nullable Attempt attempt) {
        return attempt == null || attempt.adopted() || attempt.verdict() == null
                ? List.of()
                : attempt.verdict().reasons();
    }

    private static List<String> notes(TraceStep step) {
        Findings found = read(step);
        List<String> notes = new ArrayList<>();
        if (found != null) {
            if (found.notes() != null) {
                notes.addAll(found.notes());
            }
            if (found.problems() != null) {
                notes.addAll(found.problems());
            }
        }
        if (step.attempt() > 1) {
            notes.add("Begun %d times before it was done".formatted(step.attempt()));
        }
        return notes;
    }

    private static List<ToolUse> tools(TraceStep step) {
        Findings found = read(step);
        return found == null || found.tools() == null ? List.of() : found.tools();
    }

    /** Null where there are none, or they can't be read any more. */
    static @Nullable Findings read(TraceStep step) {
        String json = step.texts().findings();
        if (json == null) {
            return null;
        }
        try {
            return Json.read(json, Findings.class);
        } catch (JsonException e) {
            // changed by somebody: the chain says so at the top of the page
            return null;
        }
    }
}
