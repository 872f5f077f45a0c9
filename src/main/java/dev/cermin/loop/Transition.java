package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Start.Strategy;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of the state machine: folds a result in, settles the verdict where it can, and looks at the stop rules. */
final class Transition {
    private Transition() {}

    static LoopState of(LoopState state, StepResult result) {
        if (state.finished()) {
            throw new IllegalStateException("The loop of task " + state.task().id() + " has ended; no result fits");
        }
        return switch (result) {
            case Generated generated -> {
                expect(state, Generate.class, result);
                yield generated(state, generated.draft(), generated.spend());
            }
            case Corrected corrected -> {
                expect(state, Correct.class, result);
                yield corrected(state, corrected.draft(), corrected.spend());
            }
            case Verified verified -> {
                expect(state, Verify.class, result);
                int focus = state.focus();
                yield settle(state.with(focus, state.attempts().get(focus).withChecks(verified.checks())), focus);
            }
            case Reflected reflected -> {
                expect(state, Reflect.class, result);
                yield heard(state, reflected.critique(), reflected.spend());
            }
            case Expired expired ->
                state.stopped(StopReason.DEADLINE, "The deadline, %s, is past".formatted(state.deadline()));
            case Cancelled cancelled -> state.stopped(StopReason.CANCELLED, "Cancelled by " + cancelled.by());
            case Failed failed -> state.with(failed.spend()).stopped(StopReason.FAILED, failed.error());
            case CutShort cut -> state.with(cut.spend()).stopped(cut.reason(), cut.detail());
            case Reviewed reviewed -> {
                expect(state, Review.class, result);
                yield Reviewing.decided(state, reviewed.decision());
            }
        };
    }

    private static void expect(LoopState state, Class<? extends Action> action, StepResult result) {
        Action next = state.next();
        if (!action.isInstance(next)) {
            throw new IllegalStateException("The loop of task %s waits for %s; %s doesn't answer that"
                    .formatted(state.task().id(), next, result.getClass().getSimpleName()));
        }
    }

    /** A repeated sample is a vote, or chance; it gets what was found about the first of its kind. */
    private static LoopState generated(LoopState state, Draft draft, Spend spend) {
        Attempt attempt = Attempt.of(0, draft);
        Attempt same = Ranking.same(state.attempts(), draft);
        LoopState drawn = state.adding(same == null ? attempt : attempt.like(same), spend);
        if (state.plan().policy().start().strategy() == Strategy.SELF_CONSISTENCY) {
            return drawn.sampling() ? guardBudget(drawn) : settle(drawn, drawn.focus());
        }
        return same == null ? settle(drawn, drawn.attempts().size() - 1) : goOn(drawn);
    }

    private static LoopState corrected(LoopState state, Draft draft, Spend spend) {
        Attempt attempt = Attempt.of(state.round() + 1, draft);
        Attempt same = Ranking.judged(state.attempts(), draft);
        if (same == null) {
            return settle(state.adding(attempt, spend), state.attempts().size());
        }
        // nothing new to find out: the same answer gets the same checks
        boolean unchanged =
                Ranking.normalised(state.base().draft().output()).equals(Ranking.normalised(draft.output()));
        Attempt checked = same.checks() == null ? attempt : attempt.withChecks(same.checks());
        List<String> against = new ArrayList<>(List.of("The same answer as draft " + same.round()));
        checked.failedChecks().forEach(check -> against.add(Judgement.reason(check)));
        Attempt repeated = checked.settled(false, new Verdict(false, against));
        LoopState known = state.adding(repeated, spend);
        if (repeats(known) <= state.plan().policy().repeats()) {
            return stopRules(known);
        }
        return known.stopped(
                unchanged ? StopReason.NO_PROGRESS : StopReason.OSCILLATION,
                "Correction %d gives the same answer as draft %d".formatted(repeated.round(), same.round()));
    }

    private static int repeats(LoopState state) {
        int repeats = 0;
        List<Attempt> attempts = state.attempts();
        for (int i = 1; i < attempts.size(); i++) {
            if (attempts.get(i).round() > 0
                    && Ranking.judged(attempts.subList(0, i), attempts.get(i).draft()) != null) {
                repeats++;
            }
        }
        return repeats;
    }

    private static LoopState settle(LoopState state, int index) {
        return settle(state, index, state.attempts().get(index), null);
    }

    /** What a critic says, with the verdict that it leads to: one state, where it can't move the focus to another draft. */
    private static LoopState heard(LoopState state, Critique critique, @Nullable Spend spend) {
        int focus = state.focus();
        Attempt heard = state.attempts().get(focus).withCritique(critique);
        return state.onLatest() ? settle(state, focus, heard, spend) : settle(state.with(focus, heard, spend), focus);
    }

    /**
     * @param looked the attempt as it is now: the state may not know its last critique yet
     * @param spend what that critique took; null where the state knows all
     */
    private static LoopState settle(LoopState state, int index, Attempt looked, @Nullable Spend spend) {
        if (state.plan().verified() && looked.checks() == null) {
            return state;
        }
        boolean guarded = looked.round() > 0 && state.plan().policy().regressionGuard();
        boolean adopt = !guarded || !regresses(state, index);
        boolean hears = adopt && index == state.focus() && state.hears(looked);
        if (hears && looked.critiques().isEmpty() && !looked.failed()) {
            return guardBudget(state);
        }
        Verdict verdict = Judgement.of(state, looked);
        if (hears) {
            // while critics are still asked, what is known against the draft already settles its verdict
            Attempt soFar = verdict.accepted() ? looked : looked.settled(true, verdict);
            return guardBudget(state.with(index, soFar, spend));
        }
        LoopState settled = state.with(index, looked.settled(adopt, verdict), spend);
        return verdict.accepted()
                ? settled.stopped(StopReason.ACCEPTED, verdict.reasons().getFirst())
                : goOn(settled);
    }

    /** After a draft that is not accepted: another sample, critics of the best one, or a correction, if any may be. */
    private static LoopState goOn(LoopState state) {
        return state.sampling() || state.hears(state.focused()) ? guardBudget(state) : stopRules(state);
    }

    private static boolean regresses(LoopState state, int index) {
        List<Attempt> attempts = state.attempts();
        if (!attempts.get(index).failed()) {
            return false;
        }
        List<Check> before = attempts.get(LoopState.base(
                        attempts.subList(0, index),
                        state.plan().policy().start().strategy()))
                .checks();
        List<Check> now = attempts.get(index).checks();
        if (before == null || now == null) {
            return false;
        }
        return now.stream()
                .filter(check -> !check.passed())
                .anyMatch(broken -> before.stream()
                        .anyMatch(check -> check.passed() && check.verifier().equals(broken.verifier())));
    }

    private static LoopState stopRules(LoopState state) {
        Policy policy = state.plan().policy();
        if (state.round() >= policy.rounds()) {
            return state.stopped(
                    StopReason.ROUNDS, "%d of %d corrections made".formatted(state.round(), policy.rounds()));
        }
        int sinceBest = state.round() - state.best().orElseThrow().round();
        if (sinceBest >= policy.patience()) {
            return state.stopped(
                    StopReason.NO_PROGRESS, "The last %d corrections made nothing better".formatted(sinceBest));
        }
        int falls = falls(state);
        if (falls >= policy.falls()) {
            return state.stopped(
                    StopReason.NO_PROGRESS,
                    "The score fell in the last %d corrections, to %s"
                            .formatted(
                                    falls,
                                    Judgement.twoDigits(
                                            state.attempts().getLast().score())));
        }
        if (nothingToSay(policy, state.base())) {
            return state.stopped(
                    StopReason.NO_PROGRESS, "No critic that could be read objects, so there is nothing to correct by");
        }
        return guardBudget(state);
    }

    private static boolean nothingToSay(Policy policy, Attempt base) {
        for (Critique critique : base.critiques()) {
            if (critique.readable() && !Judgement.accepts(policy, critique)) {
                return false;
            }
        }
        return !base.failed();
    }

    /** How many of the last corrections, in a row, got a lower score than the attempt before. */
    private static int falls(LoopState state) {
        List<Attempt> attempts = state.attempts();
        int falls = 0;
        for (int i = attempts.size() - 1; i > 0 && attempts.get(i).round() > 0; i--) {
            Attempt later = attempts.get(i);
            Attempt earlier = attempts.get(i - 1);
            if (!later.scored() || !earlier.scored() || later.score() >= earlier.score()) {
                break;
            }
            falls++;
        }
        return falls;
    }

    /** Before a model call, never after the last one: a draft that is accepted on its last token is accepted. */
    private static LoopState guardBudget(LoopState state) {
        Policy policy = state.plan().policy();
        if (policy.budget().equals(Budget.UNLIMITED)) {
            return state;
        }
        Usage used = state.usage();
        String forbidden = policy.budget().forbids(used.calls(), used.tokens(), used.cost());
        return forbidden == null ? state : state.stopped(StopReason.BUDGET, forbidden);
    }
}
