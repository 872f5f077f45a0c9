package dev.cermin.page;

import dev.cermin.integrity.TraceVerification;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Stop;
import dev.cermin.store.TaskSummary;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Findings.Terms;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace as its page shows it.
 *
 * @param task its row
 * @param input null where it was erased
 * @param answer null where there is none, or it was erased
 * @param said why, and by what it was accepted
 * @param stop why the loop ended; null while it runs, or where that was erased
 * @param waitsFor what the loop does now; empty where it has ended
 * @param terms on which it runs; null where they were erased
 * @param drafts in order
 * @param steps all, in order
 * @param forkOf the task whose trace it goes on from; null for a task of its own
 * @param forks tasks that go on from this trace
 * @param record whether it is as it was recorded
 */
public record TraceView(
        TaskSummary task,
        @Nullable List<Span> input,
        @Nullable List<Span> answer,
        Answer said,
        @Nullable Stop stop,
        String waitsFor,
        @Nullable Terms terms,
        List<DraftView> drafts,
        List<StepLine> steps,
        @Nullable String forkOf,
        List<UUID> forks,
        TraceVerification record) {
    /** Of longer inputs and answers the page's top shows the beginning. */
    private static final int TOP = 1200;

    private static final String PERSON = "a person's decision";

    static TraceView of(TaskSummary task, List<TraceStep> steps, List<UUID> forks, TraceVerification record) {
        Story story = Story.of(steps);
        List<StepLine> lines = StepLine.of(steps);
        List<DraftView> drafts = Drafts.of(steps, lines, story);
        TraceStep first = steps.isEmpty() ? null : steps.getFirst();
        TraceStep last = Story.loop(steps).isEmpty() ? null : Story.loop(steps).getLast();
        TraceStep finish = last != null && last.kind() == StepKind.FINISH ? last : null;
        Findings begin = first == null ? null : Drafts.read(first);
        Findings end = finish == null ? null : Drafts.read(finish);
        LoopState state = story.state();
        return new TraceView(
                task,
                first == null ? null : top(first.texts().output()),
                finish == null ? null : top(finish.texts().output()),
                Answer.of(drafts, story, finish == null ? null : finish.accepted()),
                end == null ? null : end.stop(),
                finish != null ? "" : state == null ? "its next step" : waitsFor(state),
                begin == null ? null : begin.terms(),
                drafts,
                lines,
                first == null || first.parameters() == null
                        ? null
                        : first.parameters().get("forkOf"),
                forks,
                record);
    }

    private static @Nullable List<Span> top(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Spans.of(
                text.length() <= TOP ? text : text.substring(0, text.offsetByCodePoints(0, TOP / 2)) + " \u2026");
    }

    private static String waitsFor(LoopState state) {
        Action next = state.next();
        return switch (next) {
            case Generate generate -> "a first draft";
            case Verify verify -> "the verifiers";
            case Reflect reflect -> "the critic " + reflect.critic();
            case Correct correct -> "correction " + (state.round() + 1);
            case Review review -> PERSON;
            default -> "its next step";
        };
    }

    /** The best draft's text; null where there is none, or it was erased. */
    public @Nullable List<Span> best() {
        List<Span> output = said.draft() == null ? null : said.draft().output();
        return output == null
                ? null
                : output.stream()
                        .map(span -> span.kind().equals("mark") ? Span.plain(span.text()) : span)
                        .toList();
    }

    public boolean waitsForPerson() {
        return waitsFor.equals(PERSON);
    }

    public boolean running() {
        return !waitsFor.isEmpty();
    }

    /** The time from creation to the end of the last step, in milliseconds. */
    public long millis() {
        return steps.stream()
                .map(StepLine::step)
                .filter(step -> step.kind() != StepKind.REVIEW)
                .mapToLong(step -> step.startedAt().toEpochMilli() + step.durationMillis())
                .max()
                .stream()
                .map(end -> Math.max(0, end - task.createdAt().toEpochMilli()))
                .sum();
    }

    /** Texts that are gone, without a record of why. */
    public int unexplained() {
        int gone = steps.stream().mapToInt(line -> line.erased().size()).sum();
        return Math.max(0, gone - record.erased().size());
    }
}
