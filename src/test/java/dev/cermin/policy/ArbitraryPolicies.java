package dev.cermin.policy;

import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Acceptance.Merge;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Policies of every kind, for properties that hold under all. */
public final class ArbitraryPolicies {
    private ArbitraryPolicies() {}

    public static Arbitrary<Policy> all() {
        Arbitrary<Budget> budgets = Combinators.combine(
                        Arbitraries.integers().between(1, 8).injectNull(0.7),
                        Arbitraries.longs().between(1, 60).injectNull(0.8),
                        Arbitraries.integers().between(1, 60).injectNull(0.8))
                .as((calls, tokens, cents) ->
                        new Budget(calls, tokens, cents == null ? null : BigDecimal.valueOf(cents, 2)));
        Arbitrary<Acceptance> acceptances = Combinators.combine(
                        Arbitraries.of(Critics.class),
                        Arbitraries.of(0.0, 0.5, 0.9, 1.0),
                        Arbitraries.of(Merge.class),
                        Arbitraries.of(Map.<String, Double>of(), Map.of("critic-0", 3.0)))
                .as(Acceptance::new);
        Arbitrary<Policy> limits = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 4),
                        acceptances,
                        Arbitraries.of(true, false),
                        budgets,
                        Arbitraries.of(
                                Duration.ofMillis(1), Duration.ofMinutes(10), Duration.ofSeconds(Long.MAX_VALUE)))
                .as((rounds, patience, acceptance, guard, budget, timeout) -> Policy.of(
                        Rounds.of(rounds),
                        NoProgress.after(patience),
                        acceptance,
                        new RegressionGuard(guard),
                        budget,
                        Timeout.of(timeout)));
        Arbitrary<Start> starts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Start.SINGLE)),
                Tuple.of(1, Arbitraries.integers().between(1, 5).map(Start::bestOf)),
                Tuple.of(1, Arbitraries.integers().between(1, 5).map(Start::selfConsistency)));
        return Combinators.combine(
                        limits,
                        starts,
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(
                                Schedule.DEFAULT,
                                Schedule.ofTemperatures(0.0, 0.7).withSeed(7)),
                        Arbitraries.of(
                                Escalation.NONE,
                                Escalation.to("large"),
                                Escalation.to("large", "huge").after(2)))
                .as((policy, start, repeats, falls, schedule, escalation) -> policy.with(
                        start, Oscillation.tolerating(repeats), FallingScore.after(falls), schedule, escalation));
    }
}
