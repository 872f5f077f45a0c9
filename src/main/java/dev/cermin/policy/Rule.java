package dev.cermin.policy;

/** One rule of a {@link Policy}. Rules compose: {@code Policy.of(Rounds.of(3), Budget.ofCalls(8))}. */
public sealed interface Rule
        permits Rounds,
                NoProgress,
                Oscillation,
                FallingScore,
                Acceptance,
                RegressionGuard,
                Budget,
                Timeout,
                Start,
                Schedule,
                Escalation,
                Review {}
