package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.verify.Check;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A whole run of the state machine: the moves that answer its actions in turn, and every state on the way. */
record Script(Plan plan, int verifiers, List<Move> moves) {

    enum Signal {
        NONE,
        CANCEL,
        EXPIRE,
        FAIL,
        HAND_BACK
    }

    /** What answers one action, whichever it is. */
    record Move(String output, List<Boolean> passes, Opinion opinion, double score, int tokens, Signal signal) {}

    /** A transition. */
    record Step(LoopState before, StepResult result, LoopState after) {}

    /** From the start to the end; the last move answers all that come after it. */
    List<Step> play() {
        List<Step> steps = new ArrayList<>();
        LoopState state = LoopState.start(Samples.task("a task"), plan);
        // each round at most: a draft, a verification, one reflection a critic; and a person at the end
        int most = 1
                + (plan.policy().rounds() + plan.policy().start().samples())
                        * (2 + plan.critics().size());
        while (!state.finished()) {
            if (steps.size() >= most) {
                throw new AssertionError("The loop goes on after %d steps: %s".formatted(most, state));
            }
            StepResult result = result(state, moves.get(Math.min(steps.size(), moves.size() - 1)));
            LoopState after = state.apply(result);
            steps.add(new Step(state, result, after));
            state = after;
        }
        return steps;
    }

    LoopState end() {
        return play().getLast().after();
    }

    private StepResult result(LoopState state, Move move) {
        if (move.signal() == Signal.HAND_BACK && state.next() instanceof Generate) {
            return new CutShort(StopReason.HANDED_BACK, "the client's tools", spend(Role.GENERATE, move));
        }
        return switch (move.signal()) {
            case CANCEL -> new Cancelled("somebody");
            case EXPIRE -> new Expired(state.deadline());
            case FAIL -> new Failed("the model is gone");
            case NONE, HAND_BACK ->
                switch (state.next()) {
                    case Generate generate -> new Generated(draft(move), spend(Role.GENERATE, move));
                    case Correct correct -> new Corrected(draft(move), spend(Role.CORRECT, move));
                    case Verify verify -> new Verified(checks(move));
                    case Reflect reflect -> new Reflected(critique(reflect.critic(), move), spend(Role.REFLECT, move));
                    case Action.Review review -> new StepResult.Reviewed(decision(state, move));
                    case Finish finish -> throw new AssertionError("It wants to finish, and is not finished");
                };
        };
    }

    private static Decision decision(LoopState state, Move move) {
        return switch (move.opinion()) {
            case ACCEPT -> Decision.accept("ann");
            case REVISE -> Decision.reject("ann", "not so fine");
            case UNREADABLE -> Decision.byDefault(state, Duration.ZERO);
        };
    }

    private static Draft draft(Move move) {
        return new Draft("thinking of " + move.output(), move.output(), "maker");
    }

    private static Spend spend(Role role, Move move) {
        BigDecimal cost = BigDecimal.valueOf(move.tokens(), 2);
        return new Spend(role, "maker", new Usage(1, move.tokens(), 1, cost, Duration.ofMillis(7)));
    }

    private List<Check> checks(Move move) {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < verifiers; i++) {
            boolean passed = move.passes().get(i % move.passes().size());
            checks.add(new Check("v" + i, passed, passed ? "holds" : "finding %d on %s".formatted(i, move.output())));
        }
        return checks;
    }

    private static Critique critique(String critic, Move move) {
        return switch (move.opinion()) {
            case ACCEPT -> new Critique(critic, Opinion.ACCEPT, move.score(), List.of(), "fine");
            case REVISE ->
                new Critique(critic, Opinion.REVISE, move.score(), List.of("issue of " + critic), "not so fine");
            case UNREADABLE -> Critique.unreadable(critic, "murmured", "…");
        };
    }
}
