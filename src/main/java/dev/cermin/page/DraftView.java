package dev.cermin.page;

import dev.cermin.tool.ToolUse;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft, or a step that should have made one, with what was found about it.
 *
 * @param id its anchor
 * @param number from 1, in order
 * @param title as readers call it
 * @param state {@code accepted}, {@code revise}, {@code aside}: set aside unheard, {@code open}: not yet decided, or
 *     {@code failed}: there is no draft
 * @param best whether it is the answer, or would be if the loop ended now
 * @param made the step that made it
 * @param output its text; null where it was erased or there is none
 * @param thinking the model's reasoning; null for none
 * @param notes on the call and on the draft's form
 * @param tools that the model called
 * @param findings in order
 * @param reasons of its verdict, where no finding says the same
 * @param against the title of the draft that it corrects; empty for none
 * @param diff what it changed of that; null for none
 * @param steps all that were taken for it
 */
public record DraftView(
        String id,
        int number,
        String title,
        String state,
        boolean best,
        StepLine made,
        @Nullable List<Span> output,
        @Nullable String thinking,
        List<String> notes,
        List<ToolUse> tools,
        List<Finding> findings,
        List<String> reasons,
        String against,
        @Nullable WordDiff diff,
        List<StepLine> steps) {
    private static final int LONG = 1500;
    private static final int LINES = 20;

    public long tokens() {
        return steps.stream()
                .map(StepLine::step)
                .mapToLong(step -> orZero(step.tokensIn()) + orZero(step.tokensOut()))
                .sum();
    }

    public long millis() {
        return steps.stream()
                .map(StepLine::step)
                .filter(step -> step.kind() != StepKind.REVIEW)
                .mapToLong(TraceStep::durationMillis)
                .sum();
    }

    /** Whether it may be too long for its place, so that keys must reach it to scroll. */
    public boolean isLong() {
        String text = made.step().texts().output();
        return text != null && (text.length() > LONG || text.lines().count() > LINES);
    }

    public boolean hasOutput() {
        return made.step().textHashes().containsKey("output");
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
