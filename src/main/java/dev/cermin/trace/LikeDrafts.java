package dev.cermin.trace;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.redact.Marks;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drafts that read alike since they were redacted, told apart while a trace is replayed. Not thread-safe. */
final class LikeDrafts {
    /** In no text that is stored for good: it is taken off again. */
    private static final char APART = '\uE000';

    private final Map<String, String> outputs = new HashMap<>();

    /**
     * The state with the draft as one like no other, where that is what the next step was done in.
     *
     * @param plain the state with the draft as it reads
     */
    LoopState apart(LoopState state, StepResult result, LoopState plain, TraceStep next) {
        StepResult other = apart(result);
        LoopState told = other == null ? plain : state.apply(other);
        return Replay.leadsTo(told, next) ? told : plain;
    }

    private @Nullable StepResult apart(StepResult result) {
        return switch (result) {
            case Generated generated
            when Marks.in(generated.draft().output()) -> new Generated(apart(generated.draft()), generated.spend());
            case Corrected corrected
            when Marks.in(corrected.draft().output()) -> new Corrected(apart(corrected.draft()), corrected.spend());
            default -> null;
        };
    }

    private Draft apart(Draft draft) {
        String output = draft.output() + APART + outputs.size();
        outputs.put(output, draft.output());
        return new Draft(draft.thinking(), output, draft.model(), draft.problems());
    }

    LoopState asTheyWere(LoopState state) {
        if (outputs.isEmpty()) {
            return state;
        }
        return new LoopState(
                state.task(),
                state.plan(),
                state.lessons(),
                state.attempts().stream().map(this::asItWas).toList(),
                state.ledger(),
                state.stop(),
                state.reviewing());
    }

    private Attempt asItWas(Attempt attempt) {
        Draft draft = attempt.draft();
        String output = outputs.getOrDefault(draft.output(), draft.output());
        return new Attempt(
                attempt.round(),
                new Draft(draft.thinking(), output, draft.model(), draft.problems()),
                attempt.checks(),
                attempt.critiques(),
                attempt.adopted(),
                attempt.verdict());
    }
}
