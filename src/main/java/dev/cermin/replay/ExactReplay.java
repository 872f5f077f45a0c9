package dev.cermin.replay;

import dev.cermin.json.Json;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Stop;
import dev.cermin.redact.Marks;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a trace comes to by the loop of this version, without any model.
 *
 * @param outcome null where its steps lead to none
 * @param differences from what the trace says that it ended with; empty for the same
 */
public record ExactReplay(@Nullable Outcome outcome, List<Difference> differences) {
    /**
     * One thing that differs.
     *
     * @param what of the end
     * @param recorded as the trace has it
     * @param replayed as it is now
     */
    public record Difference(String what, String recorded, String replayed) {}

    public ExactReplay {
        differences = List.copyOf(differences);
    }

    public boolean same() {
        return differences.isEmpty();
    }

    /**
     * Replays a finished trace.
     *
     * @throws IllegalArgumentException where it isn't finished, or a text that is needed was erased: then nobody can tell
     */
    public static ExactReplay of(List<TraceStep> steps) {
        TraceStep last = steps.reversed().stream()
                .filter(step -> step.kind() == StepKind.FINISH)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The trace has no end: its task goes on after step %d".formatted(steps.size() - 1)));
        Outcome outcome;
        try {
            outcome = Replay.state(steps.subList(0, last.number() + 1)).outcome();
        } catch (IllegalStateException e) {
            String detail = String.valueOf(e.getMessage()) + (redacted(steps) ? REDACTED : "");
            return new ExactReplay(null, List.of(new Difference("course", "the steps of the trace", detail)));
        }
        return new ExactReplay(outcome, differences(steps, last, outcome));
    }

    private static final String REDACTED =
            ". Drafts were redacted: that those which read alike now were not the same can't always be told";

    private static boolean redacted(List<TraceStep> steps) {
        return steps.stream()
                .filter(step -> step.kind() == StepKind.GENERATE || step.kind() == StepKind.CORRECT)
                .map(step -> step.texts().output())
                .anyMatch(output -> output != null && Marks.in(output));
    }

    private static List<Difference> differences(List<TraceStep> steps, TraceStep last, Outcome outcome) {
        List<Difference> all = new ArrayList<>();
        if (last.texts().findings() == null) {
            throw new IllegalArgumentException("How the trace ended was erased");
        }
        Stop stop = Json.read(last.texts().findings(), Findings.class).stop();
        Attempt best = outcome.best();
        add(
                all,
                "stop reason",
                stop == null ? null : stop.reason(),
                outcome.stop().reason());
        add(all, "accepted", last.accepted(), outcome.accepted());
        add(all, "round of the answer", last.round(), best == null ? 0 : best.round());
        if (last.textHashes().containsKey("output") && last.texts().output() == null) {
            throw new IllegalArgumentException("The answer of the trace was erased");
        }
        add(all, "answer", last.texts().output(), outcome.answer().orElse(null));
        if (!all.isEmpty() && redacted(steps)) {
            Difference first = all.removeFirst();
            all.addFirst(new Difference(first.what(), first.recorded(), first.replayed() + REDACTED));
        }
        return all;
    }

    private static void add(List<Difference> all, String what, @Nullable Object recorded, @Nullable Object replayed) {
        if (!Objects.equals(recorded, replayed)) {
            all.add(new Difference(what, String.valueOf(recorded), String.valueOf(replayed)));
        }
    }
}
