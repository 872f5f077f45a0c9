package dev.cermin.replay;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Action;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.DraftCall;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A draft of a trace with all that was found about it then. Changed only while the trace is read. */
final class StoredDraft {
    /** A result with the time that it took. */
    record Timed<T extends StepResult>(T result, Duration took) {}

    private final Timed<StepResult> made;
    private final @Nullable Attempt base;
    private final DraftCall call;
    private @Nullable Timed<Verified> verified;
    private final Map<String, Timed<Reflected>> reflected = new HashMap<>();

    private StoredDraft(Timed<StepResult> made, @Nullable Attempt base, DraftCall call) {
        this.made = made;
        this.base = base;
        this.call = call;
    }

    /** In the order in which they were written. */
    static List<StoredDraft> of(List<TraceStep> steps) {
        List<StoredDraft> all = new ArrayList<>();
        for (int i = 1; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            if (step.kind() == StepKind.SUBMIT || step.kind() == StepKind.FINISH) {
                continue;
            }
            LoopState before = Replay.state(steps.subList(0, i));
            StepResult result = Replay.result(step);
            Duration took = Duration.ofMillis(step.durationMillis());
            switch (result) {
                case Generated generated ->
                    all.add(new StoredDraft(new Timed<>(result, took), null, before.draftCall()));
                case Corrected corrected ->
                    all.add(new StoredDraft(new Timed<>(result, took), before.base(), before.draftCall()));
                case Verified found -> focused(all, before).verified = new Timed<>(found, took);
                case Reflected heard
                when before.next() instanceof Action.Reflect ->
                    focused(all, before).reflected.put(heard.critique().critic(), new Timed<>(heard, took));
                default -> {}
            }
        }
        return all;
    }

    private static StoredDraft focused(List<StoredDraft> all, LoopState state) {
        return all.get(index(state));
    }

    /** Of the draft that is looked at. */
    @SuppressWarnings("ReferenceEquality") // an equal draft may stand before it
    static int index(LoopState state) {
        Attempt focused = state.focused();
        for (int i = state.attempts().size() - 1; i > 0; i--) {
            if (state.attempts().get(i) == focused) {
                return i;
            }
        }
        return 0;
    }

    boolean isFirst() {
        return made.result() instanceof Generated;
    }

    Timed<StepResult> made() {
        return made;
    }

    DraftCall call() {
        return call;
    }

    @Nullable
    Timed<Verified> verified() {
        return verified;
    }

    @Nullable
    Timed<Reflected> heard(String critic) {
        return reflected.get(critic);
    }

    /** Whether it corrects this draft. */
    boolean corrects(Attempt other) {
        return base != null && base.draft().equals(other.draft());
    }

    /** Whether it was told the same about that draft. */
    boolean wasTold(Attempt other) {
        return base != null
                && Objects.equals(base.checks(), other.checks())
                && base.critiques().stream()
                        .map(Critique::issues)
                        .toList()
                        .equals(other.critiques().stream().map(Critique::issues).toList());
    }
}
