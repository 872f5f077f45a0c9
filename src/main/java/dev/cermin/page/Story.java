package dev.cermin.page;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loop made of its steps, as far as that can be told again: not where a text that it needs was erased, or where
 * somebody has changed a step.
 *
 * @param state the loop's; null where it can't be told
 * @param problem why it can't; empty where it can
 */
record Story(@Nullable LoopState state, String problem) {
    static Story of(List<TraceStep> steps) {
        try {
            return new Story(Replay.state(loop(steps)), "");
        } catch (RuntimeException e) {
            // whatever is wrong with the record, its page shows what is there
            return new Story(null, String.valueOf(e.getMessage()));
        }
    }

    /** What people did afterwards is no part of the loop. */
    static List<TraceStep> loop(List<TraceStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() == StepKind.FINISH) {
                return steps.subList(0, i + 1);
            }
        }
        return steps;
    }

    /** The draft that the step at an index is about: the loop's focus before it, or the latest. */
    static int focus(List<TraceStep> steps, int index, int drafts) {
        LoopState before = of(steps.subList(0, index)).state();
        return before == null || before.attempts().size() != drafts
                ? drafts - 1
                : before.attempts().indexOf(before.focused());
    }

    @Nullable
    Attempt attempt(int index) {
        return state == null || index >= state.attempts().size()
                ? null
                : state.attempts().get(index);
    }

    /** Which of the drafts is the best; -1 where that can't be told. */
    int best() {
        return state == null ? -1 : state.best().map(state.attempts()::indexOf).orElse(-1);
    }

    /** Which one a draft corrects: the one before it that was adopted last, or the best of the first ones. */
    int base(int index) {
        if (state == null || index >= state.attempts().size()) {
            return index - 1;
        }
        LoopState before = new LoopState(
                state.task(), state.plan(), List.of(), state.attempts().subList(0, index), List.of(), null, null);
        return state.attempts().indexOf(before.base());
    }
}
