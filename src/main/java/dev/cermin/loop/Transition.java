package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Policy;
import dev.cermin.verify.Check;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step of the state machine: folds a result in, settles the verdict where it can, and looks at the stop rules. */
final class Transition {
    private final LoopState state;
    private final Policy policy;

    private Transition(LoopState state) {
        this.state = state;
        this.policy = state.plan().policy();
    }

    static LoopState of(LoopState state, StepResult result) {
        if (state.finished()) {
            throw new IllegalStateException("The loop of task " + state.task().id() + " has ended; no result fits");
        }
        return switch (result) {
            case Expired expired ->
                state.stopped(StopReason.DEADLINE, "The deadline, %s, is past".formatted(state.deadline()));
            case Cancelled cancelled -> state.stopped(StopReason.CANCELLED, "Cancelled by " + cancelled.by());
            case Failed failed -> state.stopped(StopReason.FAILED, failed.error());
            case Generated generated -> {
                expect(state, Generate.class, result);
                yield drafted(state.with(generated.spend()), generated.draft());
            }
            case Corrected corrected -> {
                expect(state, Correct.class, result);
                yield drafted(state.with(corrected.spend()), corrected.draft());
            }
            case Verified verified -> {
                expect(state, Verify.class, result);
                Attempt checked = state.attempts().getLast().withChecks(verified.checks());
                yield new Transition(state.with(checked)).settle();
            }
            case Reflected reflected -> {
                expect(state, Reflect.class, result);
                Attempt heard = state.attempts().getLast().withCritique(reflected.critique());
                yield new Transition(state.with(reflected.spend()).with(heard)).settle();
            }
        };
    }

    private static void expect(LoopState state, Class<? extends Action> action, StepResult result) {
        if (!action.isInstance(state.next())) {
            throw new IllegalStateException("The loop of task %s waits for %s; %s doesn't answer that"
                    .formatted(
                            state.task().id(), state.next(), result.getClass().getSimpleName()));
        }
    }

    private static LoopState drafted(LoopState state, Draft draft) {
        Attempt attempt = Attempt.of(state.attempts().size(), draft);
        Optional<Attempt> same = state.attempts().reversed().stream()
                .filter(earlier -> sameAnswer(earlier.draft(), draft))
                .findFirst();
        if (same.isEmpty()) {
            return new Transition(state.with(attempt)).settle();
        }
        // nothing new to find out: the same answer gets the same checks
        int before = same.get().round();
        boolean unchanged = before == state.base().round();
        List<Check> checks = same.get().checks();
        Attempt checked = checks == null ? attempt : attempt.withChecks(checks);
        List<String> against = new ArrayList<>(List.of("The same answer as draft " + before));
        checked.failedChecks().forEach(check -> against.add(reason(check)));
        Attempt repeated = checked.settled(false, new Verdict(false, against));
        return state.with(repeated)
                .stopped(
                        unchanged ? StopReason.NO_PROGRESS : StopReason.OSCILLATION,
                        "Correction %d gives the same answer as draft %d".formatted(repeated.round(), before));
    }

    private static boolean sameAnswer(Draft a, Draft b) {
        return normalised(a.output()).equals(normalised(b.output()));
    }

    static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
    }

    private LoopState settle() {
        Attempt last = state.attempts().getLast();
        if (state.plan().verified() && last.checks() == null) {
            return state;
        }
        boolean failed = !last.failedChecks().isEmpty();
        boolean hear = failed
                ? mayCorrect()
                : !state.plan().verified() || policy.acceptance().critics() == Critics.ALWAYS;
        boolean heard = last.critiques().size() >= state.plan().critics().size();
        boolean adopt = !policy.regressionGuard() || !regresses(last);
        if (hear && !heard && adopt) {
            // while critics are still asked, what is known against the draft already settles its verdict
            Verdict soFar = verdict(last);
            return guardBudget(soFar.accepted() ? state : state.with(last.settled(true, soFar)));
        }
        Verdict verdict = verdict(last);
        LoopState settled = state.with(last.settled(adopt, verdict));
        if (verdict.accepted()) {
            return settled.stopped(StopReason.ACCEPTED, verdict.reasons().getFirst());
        }
        return new Transition(settled).stopRules();
    }

    private boolean mayCorrect() {
        return state.round() < policy.rounds();
    }

    private boolean regresses(Attempt last) {
        if (last.round() == 0) {
            return false;
        }
        Attempt base = state.attempts().subList(0, last.round()).reversed().stream()
                .filter(Attempt::adopted)
                .findFirst()
                .orElse(last);
        List<String> broken = last.failedChecks().stream().map(Check::verifier).toList();
        return base.checks() != null
                && base.checks().stream().anyMatch(check -> check.passed() && broken.contains(check.verifier()));
    }

    private Verdict verdict(Attempt attempt) {
        List<String> against = new ArrayList<>();
        attempt.failedChecks().forEach(check -> against.add(reason(check)));
        attempt.critiques().stream().filter(critique -> !accepts(critique)).forEach(c -> against.add(objection(c)));
        if (!against.isEmpty()) {
            return new Verdict(false, against);
        }
        List<String> accepting = new ArrayList<>();
        if (attempt.checks() != null) {
            attempt.checks().forEach(check -> accepting.add(reason(check)));
        }
        attempt.critiques().forEach(c -> accepting.add("%s accepts with %.2f".formatted(c.critic(), c.score())));
        return new Verdict(
                true, accepting.isEmpty() ? List.of("The agent has neither verifier nor critic") : accepting);
    }

    private boolean accepts(Critique critique) {
        return critique.opinion() == Opinion.ACCEPT
                && critique.score() >= policy.acceptance().threshold();
    }

    private static String reason(Check check) {
        return check.verifier() + ": " + check.message();
    }

    private static String objection(Critique critique) {
        if (critique.opinion() == Opinion.REVISE && critique.issues().isEmpty()) {
            return critique.critic() + " asks for a revision and names no issue";
        }
        return switch (critique.opinion()) {
            case ACCEPT -> "%s accepts with only %.2f".formatted(critique.critic(), critique.score());
            case REVISE -> critique.critic() + ": " + String.join("; ", critique.issues());
            case UNREADABLE -> critique.critic() + " could not be read: " + String.join("; ", critique.issues());
        };
    }

    private LoopState stopRules() {
        Attempt last = state.attempts().getLast();
        if (!mayCorrect()) {
            return state.stopped(
                    StopReason.ROUNDS, "%d of %d corrections made".formatted(state.round(), policy.rounds()));
        }
        int sinceBest = last.round() - state.best().orElseThrow().round();
        if (sinceBest >= policy.patience()) {
            return state.stopped(
                    StopReason.NO_PROGRESS, "The last %d corrections made nothing better".formatted(sinceBest));
        }
        Attempt base = state.base();
        boolean nothingToSay = base.failedChecks().isEmpty()
                && base.critiques().stream().noneMatch(critique -> critique.readable() && !accepts(critique));
        if (nothingToSay) {
            return state.stopped(
                    StopReason.NO_PROGRESS, "No critic that could be read objects, so there is nothing to correct by");
        }
        return guardBudget(state);
    }

    /** Before a model call, never after the last one: a draft that is accepted on its last token is accepted. */
    private LoopState guardBudget(LoopState settled) {
        Usage used = Spend.total(settled.ledger());
        String forbidden = policy.budget().forbids(used.calls(), used.tokens(), used.cost());
        return forbidden == null ? settled : settled.stopped(StopReason.BUDGET, forbidden);
    }
}
