package dev.cermin.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.json.Json;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Script.Move;
import dev.cermin.loop.Script.Signal;
import dev.cermin.loop.Script.Step;
import dev.cermin.policy.Acceptance.Merge;
import dev.cermin.policy.ArbitraryPolicies;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Review;
import dev.cermin.policy.Start.Strategy;
import dev.cermin.verify.Check;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds for every sequence of drafts, checks, critiques, failures and signals under every policy. */
class LoopPropertiesTest {
    private static final Set<StopReason> BY_VERDICT =
            EnumSet.of(StopReason.ACCEPTED, StopReason.ROUNDS, StopReason.NO_PROGRESS, StopReason.OSCILLATION);

    @Property
    void itEndsWithinItsLimits(@ForAll("scripts") Script script) {
        Policy policy = script.plan().policy();
        List<Step> steps = script.play();
        Outcome outcome = steps.getLast().after().outcome();

        Statistics.collect(outcome.stop().reason());
        List<Attempt> attempts = outcome.attempts();
        long first = attempts.stream().filter(attempt -> attempt.round() == 0).count();
        assertThat(first).isLessThanOrEqualTo(policy.start().samples());
        assertThat(attempts.size() - first).isLessThanOrEqualTo(policy.rounds());
        Integer calls = policy.budget().calls();
        assertThat(calls == null || outcome.usage().calls() <= calls).isTrue();
        for (Step step : steps) {
            Usage before = Spend.total(step.before().ledger());
            if (Spend.total(step.after().ledger()).calls() > before.calls()) {
                assertThat(policy.budget().forbids(before.calls(), before.tokens(), before.cost()))
                        .as("no call is made once a limit is reached")
                        .isNull();
            }
        }
        Statistics.coverage(reasons -> {
            for (StopReason reason : StopReason.values()) {
                reasons.check(reason).count(n -> n > 0);
            }
        });
    }

    @Property
    void everyStateKnowsWhatIsNext(@ForAll("scripts") Script script) {
        for (Step step : script.play()) {
            assertThat(step.before().next()).isNotInstanceOf(Finish.class);
        }
        assertThat(script.end().next()).isInstanceOf(Finish.class);
    }

    @Property
    void theBestIsTheMaximumByTheRule(@ForAll("scripts") Script script) {
        for (Step step : script.play()) {
            LoopState state = step.after();
            assertThat(state.best().map(state.attempts()::indexOf).orElse(-1))
                    .isEqualTo(best(
                            state.attempts(), script.plan().policy().start().strategy()));
        }
    }

    /** The rule, told another way: each attempt gets a key, and the first attempt of the highest key wins. */
    private static int best(List<Attempt> attempts, Strategy start) {
        int best = -1;
        double highest = -1;
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            long votes = start != Strategy.SELF_CONSISTENCY || attempt.round() > 0
                    ? 0
                    : attempts.stream()
                            .filter(a -> a.round() == 0
                                    && a.draft().output().equals(attempt.draft().output()))
                            .count();
            List<Check> checks = attempt.checks() == null ? List.of() : attempt.checks();
            List<Critique> heard = attempt.critiques().stream()
                    .filter(critique -> critique.opinion() != Opinion.UNREADABLE)
                    .toList();
            double score = heard.isEmpty()
                    ? 0
                    : heard.stream().mapToDouble(Critique::score).sum() / heard.size();
            Verdict verdict = attempt.verdict();
            double key = (verdict != null && verdict.accepted() ? 1000 : 0)
                    + 10.0 * checks.stream().filter(Check::passed).count()
                    + score
                    + 1e-6 * votes;
            if (attempt.adopted() && key > highest + 1e-12) {
                best = i;
                highest = key;
            }
        }
        return best;
    }

    @Property
    void theGuardSetsAsideWhatBreaksAPassedCheck(@ForAll("scripts") Script script) {
        List<Attempt> attempts = script.end().attempts();
        Attempt base = null;
        for (Attempt attempt : attempts) {
            boolean repeated = attempt.round() > 0
                    && attempts.subList(0, attempts.indexOf(attempt)).stream()
                            .anyMatch(a -> a.verdict() != null
                                    && a.draft().output().equals(attempt.draft().output()));
            boolean breaks = base != null
                    && base.checks() != null
                    && attempt.checks() != null
                    && passing(base).stream().anyMatch(name -> !passing(attempt).contains(name));
            boolean expected = !repeated && !(script.plan().policy().regressionGuard() && breaks);
            assertThat(attempt.adopted()).isEqualTo(attempt.round() == 0 || expected);
            if (attempt.round() == 0) {
                List<Attempt> first =
                        attempts.stream().filter(a -> a.round() == 0).toList();
                base = first.get(best(first, script.plan().policy().start().strategy()));
            } else if (attempt.adopted()) {
                base = attempt;
            }
        }
    }

    private static List<String> passing(Attempt attempt) {
        List<Check> checks = attempt.checks() == null ? List.of() : attempt.checks();
        return checks.stream().filter(Check::passed).map(Check::verifier).toList();
    }

    @Property
    void nothingOverrulesAVerifier(@ForAll("unreviewed") Script script) {
        Outcome outcome = script.end().outcome();
        for (Attempt attempt : outcome.attempts()) {
            if (attempt.accepted()) {
                assertThat(attempt.failedChecks()).isEmpty();
            }
            if (attempt.accepted() && script.plan().policy().acceptance().merge() == Merge.ALL) {
                assertThat(attempt.critiques())
                        .allMatch(critique -> critique.opinion() == Opinion.ACCEPT
                                && critique.score()
                                        >= script.plan().policy().acceptance().threshold());
            }
        }
        assertThat(outcome.accepted())
                .isEqualTo(outcome.attempts().stream().anyMatch(Attempt::accepted))
                .isEqualTo(outcome.best() != null && outcome.best().accepted());
    }

    @Property
    void everyVerdictNamesAllItsReasons(@ForAll("unreviewed") Script script) {
        Outcome outcome = script.end().outcome();
        for (Attempt attempt : outcome.attempts()) {
            Verdict verdict = attempt.verdict();
            boolean counted = script.plan().policy().start().strategy() == Strategy.SELF_CONSISTENCY
                    && attempt.round() == 0
                    && !attempt.equals(outcome.best());
            if (BY_VERDICT.contains(outcome.stop().reason()) && !counted) {
                assertThat(verdict).isNotNull();
            }
            boolean objected = script.plan().policy().acceptance().merge() == Merge.ALL
                    && attempt.critiques().stream().anyMatch(c -> c.opinion() != Opinion.ACCEPT);
            if (!attempt.failedChecks().isEmpty() || objected) {
                assertThat(verdict)
                        .as("what is known against it is its verdict")
                        .isNotNull();
            }
            if (verdict != null) {
                String reasons = String.join("\n", verdict.reasons());
                assertThat(verdict.reasons()).isNotEmpty().noneMatch(String::isBlank);
                attempt.failedChecks().forEach(check -> assertThat(reasons).contains(check.message()));
                attempt.critiques().stream()
                        .filter(critique -> critique.opinion() != Opinion.ACCEPT)
                        .forEach(critique -> assertThat(reasons)
                                .contains(critique.critic(), critique.issues().getFirst()));
            }
        }
    }

    @Property
    void everyStateSurvivesJsonAndNoStateChanges(@ForAll("scripts") Script script) {
        for (Step step : script.play()) {
            String before = Json.text(step.before());
            LoopState read = Json.read(before, LoopState.class);
            assertThat(read).isEqualTo(step.before());
            assertThat(read.apply(step.result())).isEqualTo(step.after());
            assertThat(Json.text(step.before())).as("apply changes nothing").isEqualTo(before);
            assertThat(Json.bytes(step.after()))
                    .isEqualTo(Json.text(step.after()).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Json.read(Json.bytes(script.end()), LoopState.class)).isEqualTo(script.end());
    }

    @Provide
    Arbitrary<Script> scripts() {
        return scripts(policies());
    }

    /** A person overrules whom they like. */
    @Provide
    Arbitrary<Script> unreviewed() {
        return scripts(ArbitraryPolicies.all());
    }

    private static Arbitrary<Script> scripts(Arbitrary<Policy> policies) {
        Arbitrary<Integer> verifiers = Arbitraries.integers().between(0, 3);
        Arbitrary<List<String>> critics = Arbitraries.integers()
                .between(0, 2)
                .map(n -> IntStream.range(0, n).mapToObj(i -> "critic-" + i).toList());
        return Combinators.combine(
                        verifiers,
                        critics,
                        policies,
                        moves().list().ofMinSize(1).ofMaxSize(24))
                .as((n, names, policy, moves) ->
                        new Script(new Plan("sample", "1", "00", n > 0, names, policy), n, moves))
                .withoutEdgeCases();
    }

    private static Arbitrary<Policy> policies() {
        Arbitrary<Review> reviews = Arbitraries.frequency(
                Tuple.of(6, Review.NONE),
                Tuple.of(1, Review.always()),
                Tuple.of(1, Review.ofUnaccepted()),
                Tuple.of(1, Review.ofScoresBelow(0.5).waiting(Duration.ofHours(1), Review.Default.REJECT)));
        return Combinators.combine(ArbitraryPolicies.all(), reviews).as(Policy::with);
    }

    private static Arbitrary<Move> moves() {
        Arbitrary<String> outputs = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h")),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(5).filter(s -> s.equals(s.strip()))));
        return Combinators.combine(
                        outputs,
                        Arbitraries.of(true, false).list().ofSize(3),
                        Arbitraries.of(Opinion.class),
                        Arbitraries.doubles().between(0, 1).ofScale(2),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.frequency(
                                Tuple.of(20, Signal.NONE),
                                Tuple.of(1, Signal.CANCEL),
                                Tuple.of(1, Signal.EXPIRE),
                                Tuple.of(1, Signal.FAIL),
                                Tuple.of(1, Signal.HAND_BACK)))
                .as(Move::new);
    }
}
