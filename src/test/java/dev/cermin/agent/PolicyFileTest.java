package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Acceptance.Merge;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Oscillation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
import dev.cermin.policy.Review;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Rule;
import dev.cermin.policy.Schedule;
import dev.cermin.policy.Start;
import dev.cermin.policy.Timeout;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest extends AgentFolder {
    private static final String EVERY_RULE = """
              rounds: 5
              patience: 4
              repeats: 1
              falling-score: 3
              acceptance:
                critics: always
                threshold: 0.5
                merge: weighted
                weights: {doubter: 2.5}
              regression-guard: false
              budget: {calls: 9, tokens: 5000000000, money: 0.25}
              timeout: PT1H30M
              start: {strategy: self-consistency, samples: 7}
              schedule: {temperatures: [0, 0.7, 1], seed: -42}
              escalation: {after: 2, models: [larger, largest]}
              review: {when: low-score, below: 0.25, wait: 8h, default: reject}
            """;

    @Test
    void everyRuleHasItsKey() {
        List<Rule> rules = List.of(
                Rounds.of(5),
                NoProgress.after(4),
                Oscillation.tolerating(1),
                FallingScore.after(3),
                new Acceptance(Critics.ALWAYS, 0.5, Merge.WEIGHTED, Map.of("doubter", 2.5)),
                RegressionGuard.OFF,
                new Budget(9, 5_000_000_000L, new BigDecimal("0.25")),
                Timeout.of(Duration.ofMinutes(90)),
                Start.selfConsistency(7),
                Schedule.ofTemperatures(0.0, 0.7, 1.0).withSeed(-42),
                Escalation.to("larger", "largest").after(2),
                Review.ofScoresBelow(0.25).waiting(Duration.ofHours(8), Review.Default.REJECT));

        assertThat(policy(EVERY_RULE)).isEqualTo(Policy.of(rules.toArray(Rule[]::new)));
        Set<Class<?>> kinds = rules.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(Stream.of(Rule.class.getPermittedSubclasses())).allMatch(kinds::contains);
    }

    @Test
    void whatIsLeftOutHasTheRulesDefault() {
        assertThat(policy("  rounds: 2\n")).isEqualTo(Policy.DEFAULT);
        assertThat(policy("  acceptance: {}\n  budget: {}\n  start: {}\n  schedule: {}\n"))
                .isEqualTo(Policy.DEFAULT);
        assertThat(policy("  start: {strategy: single, samples: 1}\n")).isEqualTo(Policy.DEFAULT);
        assertThat(policy("  start: {strategy: best-of, samples: 3}\n").start()).isEqualTo(Start.bestOf(3));
        assertThat(policy("  acceptance: {merge: majority}\n").acceptance()).isEqualTo(Acceptance.DEFAULT.byMajority());
        assertThat(policy("  escalation: {models: [larger]}\n").escalation()).isEqualTo(Escalation.to("larger"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rounds: many           | rounds | a whole number from 0 is expected, not 'many'
            rounds: -1             | rounds | a whole number from 0 is expected, not '-1'
            rounds: 1.5            | rounds | a whole number from 0 is expected, not '1.5'
            round: 3               | round | is not a key here; known are [acceptance, budget, escalation, falling-score, patience, regression-guard, repeats, review, rounds, schedule, start, timeout]; did you mean 'rounds'?
            patience: 0            | patience | a whole number from 1 is expected, not '0'
            repeats: -1            | repeats | a whole number from 0 is expected, not '-1'
            falling-score: 0       | falling-score | a whole number from 1 is expected, not '0'
            falling_score: 2       | falling_score | is not a key here
            regression-guard: yes  | regression-guard | true or false is expected, not 'yes'
            regression-guard: ture | regression-guard | true or false is expected, not 'ture'; did you mean 'true'?
            acceptance: 0.9        | acceptance | a mapping of keys to values is expected
            acceptance: {threshold: 90} | acceptance.threshold | a number from 0 to 1 is expected, not '90'
            acceptance: {critics: never} | acceptance.critics | one of [unverified, always] is expected, not 'never'
            acceptance: {merge: majorty} | acceptance.merge | one of [all, majority, weighted] is expected, not 'majorty'; did you mean 'majority'?
            acceptance: {merge: weighted, weights: {douter: 2}} | acceptance.weights.douter | there is no critic 'douter' here; the critics are [doubter]; did you mean 'doubter'?
            acceptance: {merge: weighted, weights: {doubter: 0}} | acceptance.weights.doubter | a number above 0 is expected, not '0'
            acceptance: {merge: weighted, weights: {doubter: .inf}} | acceptance.weights.doubter | a number above 0 is expected, not '.inf'
            acceptance: {merge: weighted, weights: [2]} | acceptance.weights | a mapping of keys to values is expected
            acceptance: {weights: {doubter: 2}} | acceptance.weights | count with merge: weighted only; here merge is all
            budget: {calls: 0}     | budget.calls | a whole number from 1 is expected, not '0'
            budget: {call: 1}      | budget.call | is not a key here; known are [calls, money, tokens]; did you mean 'calls'?
            budget: {money: free}  | budget.money | an amount above 0 is expected, not 'free'
            budget: {money: 0.00}  | budget.money | an amount above 0 is expected, not '0.00'
            budget: {money: 1e999999999} | budget.money | an amount above 0 is expected, not '1e999999999'
            budget: {calls: }      | budget.calls | a whole number from 1 is expected, not ''
            timeout: 30            | timeout | a duration such as 30s, 10m or 2h is expected, not '30'
            timeout: 0s            | timeout | a duration such as 30s, 10m or 2h is expected, not '0s'
            timeout: -5m           | timeout | a duration such as 30s, 10m or 2h is expected, not '-5m'
            timeout: soon          | timeout | a duration such as 30s, 10m or 2h is expected, not 'soon'
            timeout: 999999999999999999h | timeout | a duration such as 30s, 10m or 2h is expected, not '999999999999999999h'
            timeout: 2562047788015215h | timeout | a duration such as 30s, 10m or 2h is expected, not '2562047788015215h'
            start: best-of         | start | a mapping of keys to values is expected
            start: {strategy: best_of, samples: 2} | start.strategy | one of [single, best-of, self-consistency] is expected, not 'best_of'; did you mean 'best-of'?
            start: {strategy: best-of} | start.samples | is missing: how many first drafts there are at most
            start: {strategy: best-of, samples: 0} | start.samples | a whole number from 1 is expected, not '0'
            start: {samples: 3}    | start.samples | a single start has 1 sample, not 3; strategy: best-of or self-consistency has several
            schedule: {temperatures: 0.5} | schedule.temperatures | a list is expected
            schedule: {temperatures: [0, warm]} | schedule.temperatures[1] | a number from 0 to 2 is expected, not 'warm'
            schedule: {seed: x}    | schedule.seed | a whole number is expected, not 'x'
            schedule: {seeds: 1}   | schedule.seeds | is not a key here; known are [seed, temperatures]; did you mean 'seed'?
            escalation: {after: 0, models: [a]} | escalation.after | a whole number from 1 is expected, not '0'
            escalation: {after: 2} | escalation.models | is missing: the models that take over, in turn
            escalation: {models: a} | escalation.models | a list is expected
            escalation: {models: [a, '']} | escalation.models[1] | is empty
            escalation: [a]        | escalation | a mapping of keys to values is expected
            """)
    void aFaultIsToldWithItsKey(String bad, String key, String message) {
        assertFault(GOOD.replace("rounds: 3\n  timeout: 30s", bad), 13, "policy." + key, message);
    }

    private Policy policy(String keys) {
        return read(GOOD.replace("  rounds: 3\n  timeout: 30s\n", keys)).policy();
    }
}
