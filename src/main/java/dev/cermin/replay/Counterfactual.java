package dev.cermin.replay;

import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Plan;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Task;
import dev.cermin.replay.StoredDraft.Timed;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task would have come to by another plan, over the drafts that its trace has. Where it would have gone on beyond
 * them, or asked a critic that was not heard then, it stays open: nothing is guessed.
 *
 * @param before what it came to
 * @param state what it would have come to; where it stays open, up to there
 * @param open why nobody can tell how it would have gone on; null where it would have ended
 * @param assumptions what is taken for granted; empty where all of it is known
 */
public record Counterfactual(
        Outcome before, LoopState state, @Nullable String open, List<String> assumptions) {
    public Counterfactual {
        assumptions = List.copyOf(assumptions);
    }

    /**
     * Goes over a trace again.
     *
     * @param plan of the same agent or another
     * @throws IllegalArgumentException where the trace has no end, or a text that is needed was erased
     */
    public static Counterfactual of(List<TraceStep> steps, Plan plan, Judges judges) {
        LoopState end = Replay.state(steps);
        if (!end.finished()) {
            throw new IllegalArgumentException("The trace has no end: its task goes on");
        }
        return new Course(steps, plan, judges).run(end.outcome());
    }

    /** What it would have ended with; empty where it stays open. */
    public Optional<Outcome> outcome() {
        return open == null ? Optional.of(state.outcome()) : Optional.empty();
    }

    /** The draft that would have been chosen, so far where it stays open. */
    public Optional<Attempt> best() {
        return state.best();
    }

    /** Whether it would have ended otherwise: with another answer, or another verdict on it. */
    public boolean changes() {
        return open == null
                && (before.accepted() != state.outcome().accepted()
                        || !before.answer().equals(state.outcome().answer()));
    }

    /** Not thread-safe. */
    private static final class Course {
        private final Judges judges;
        private final List<StoredDraft> stored;
        private final List<StoredDraft> used = new ArrayList<>();
        private final List<String> assumptions = new ArrayList<>();
        private LoopState state;
        private Instant now;
        private int firsts;
        private int corrections;
        private @Nullable String open;

        Course(List<TraceStep> steps, Plan plan, Judges judges) {
            this.judges = judges;
            this.stored = StoredDraft.of(steps);
            LoopState start = Replay.state(steps.subList(0, 1));
            var task = start.task();
            this.state = LoopState.start(
                    new Task(
                            task.id(),
                            plan.agent(),
                            task.input(),
                            task.metadata(),
                            task.tenant(),
                            task.priority(),
                            task.createdAt(),
                            task.deadline(),
                            task.startAt()),
                    plan,
                    start.lessons());
            this.now = steps.size() > 1 ? steps.get(1).startedAt() : task.createdAt();
        }

        Counterfactual run(Outcome before) {
            while (!state.finished() && open == null) {
                if (!now.isBefore(state.deadline())) {
                    state = state.apply(new Expired(now));
                    break;
                }
                switch (state.next()) {
                    case Generate generate -> generate();
                    case Correct correct -> correct();
                    case Verify verify -> verify();
                    case Reflect reflect -> reflect(reflect.critic());
                    case Action.Review review ->
                        open = "it would have asked a person about draft %d"
                                .formatted(state.best().orElseThrow().round());
                    case Finish finish -> throw new IllegalStateException("It goes on, and wants to end");
                }
            }
            return new Counterfactual(before, state, open, assumptions);
        }

        private void take(Timed<? extends StepResult> timed) {
            state = state.apply(timed.result());
            now = now.plus(timed.took());
        }

        private void generate() {
            List<StoredDraft> all = stored.stream().filter(StoredDraft::isFirst).toList();
            if (firsts >= all.size()) {
                open = "it would have drawn another first draft, and the trace has %d".formatted(all.size());
                return;
            }
            draft(all.get(firsts), "first draft " + (firsts + 1));
            firsts++;
        }

        private void correct() {
            List<StoredDraft> all =
                    stored.stream().filter(draft -> !draft.isFirst()).toList();
            Attempt base = state.base();
            if (corrections >= all.size()) {
                open = "it would have corrected draft %d, and the trace ends with correction %d"
                        .formatted(base.round(), all.size());
                return;
            }
            StoredDraft next = all.get(corrections);
            if (!next.corrects(base)) {
                open = "it would have corrected draft %d, and correction %d of the trace began from another one"
                        .formatted(base.round(), corrections + 1);
                return;
            }
            if (!next.wasTold(base)) {
                assumptions.add(
                        "correction %d would have been the same, though it was told something else about draft %d"
                                .formatted(corrections + 1, base.round()));
            }
            corrections++;
            draft(next, "correction " + corrections);
        }

        private void draft(StoredDraft draft, String name) {
            if (!draft.call().equals(state.draftCall())) {
                open = name + " would have been asked of another model, or with other parameters";
                return;
            }
            used.add(draft);
            take(draft.made());
        }

        private void verify() {
            Timed<Verified> then = judges.verifiedThen() ? looked().verified() : null;
            if (then == null && !judges.verifiedThen()) {
                Verified now = judges.verify(state);
                then = now == null ? null : new Timed<>(now, Duration.ZERO);
            }
            if (then == null) {
                open = "no verifier looked at draft %d".formatted(state.focusedRound());
                return;
            }
            take(then);
        }

        private void reflect(String critic) {
            Timed<Reflected> then = judges.heardThen(critic) ? looked().heard(critic) : null;
            if (then == null) {
                open = "it would have asked critic '%s' about draft %d, and the trace has no answer of that one"
                        .formatted(critic, state.focusedRound());
                return;
            }
            take(then);
        }

        private StoredDraft looked() {
            return used.get(StoredDraft.index(state));
        }
    }
}
