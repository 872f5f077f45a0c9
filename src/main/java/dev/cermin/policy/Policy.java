package dev.cermin.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a loop goes on and when it stops, as composed of {@link Rule}s; those that are not given have their defaults. The
 * answer is always the best draft so far, never merely the last.
 *
 * @param rounds see {@link Rounds}; default 2
 * @param patience see {@link NoProgress}; default 2
 * @param repeats see {@link Oscillation}; default 0
 * @param falls see {@link FallingScore}; default 2
 * @param acceptance default: every verifier passes, critics only where there is no verifier, from a score of 0.9
 * @param regressionGuard see {@link RegressionGuard}; default true
 * @param budget default unlimited
 * @param timeout see {@link Timeout}; default 10 minutes
 * @param start default one first draft
 * @param schedule default the agent's own sampling
 * @param escalation default none
 * @param review see {@link Review}; null for none, and {@link #asking} says it without null
 */
public record Policy(
        int rounds,
        int patience,
        Integer repeats,
        Integer falls,
        Acceptance acceptance,
        boolean regressionGuard,
        Budget budget,
        Duration timeout,
        Start start,
        Schedule schedule,
        Escalation escalation,
        @Nullable Review review) {
    public static final Policy DEFAULT = new Policy(
            Rounds.DEFAULT.most(),
            NoProgress.DEFAULT.patience(),
            Oscillation.DEFAULT.tolerated(),
            FallingScore.DEFAULT.falls(),
            Acceptance.DEFAULT,
            true,
            Budget.UNLIMITED,
            Timeout.DEFAULT.limit(),
            Start.SINGLE,
            Schedule.DEFAULT,
            Escalation.NONE,
            null);

    /** Null stands for a default where an older writer did not know the rule yet. */
    public Policy {
        Objects.requireNonNull(acceptance, "acceptance");
        Objects.requireNonNull(budget, "budget");
        rounds = Rounds.of(rounds).most();
        patience = NoProgress.after(patience).patience();
        repeats = repeats == null ? 0 : Oscillation.tolerating(repeats).tolerated();
        falls = falls == null ? 2 : FallingScore.after(falls).falls();
        timeout = Timeout.of(timeout).limit();
        start = start == null ? Start.SINGLE : start;
        schedule = schedule == null ? Schedule.DEFAULT : schedule;
        escalation = escalation == null ? Escalation.NONE : escalation;
        // what has none is written, and hashed, as before there were any
        review = Review.NONE.equals(review) ? null : review;
    }

    /** When a person decides. */
    public Review asking() {
        return review == null ? Review.NONE : review;
    }

    /** The defaults and these rules; of two of a kind the later one holds. */
    public static Policy of(Rule... rules) {
        return DEFAULT.with(rules);
    }

    /** This policy and these rules in place of its own of the same kind. */
    public Policy with(Rule... rules) {
        Policy policy = this;
        for (Rule rule : rules) {
            policy = policy.with(rule);
        }
        return policy;
    }

    private Policy with(Rule rule) {
        return new Policy(
                rule instanceof Rounds r ? r.most() : rounds,
                rule instanceof NoProgress r ? r.patience() : patience,
                rule instanceof Oscillation r ? r.tolerated() : repeats,
                rule instanceof FallingScore r ? r.falls() : falls,
                rule instanceof Acceptance r ? r : acceptance,
                rule instanceof RegressionGuard r ? r.on() : regressionGuard,
                rule instanceof Budget r ? r : budget,
                rule instanceof Timeout r ? r.limit() : timeout,
                rule instanceof Start r ? r : start,
                rule instanceof Schedule r ? r : schedule,
                rule instanceof Escalation r ? r : escalation,
                rule instanceof Review r ? r : review);
    }
}
