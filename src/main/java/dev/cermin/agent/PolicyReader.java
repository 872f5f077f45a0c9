package dev.cermin.agent;

import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Oscillation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
import dev.cermin.policy.Review;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Schedule;
import dev.cermin.policy.Start;
import dev.cermin.policy.Start.Strategy;
import dev.cermin.policy.Timeout;
import dev.cermin.text.Names;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the policy of an agent file: a key for every rule, with the rules' own defaults. */
final class PolicyReader {
    private static final Kind<Integer> FROM_0 = Kind.whole(0);
    private static final Kind<Integer> FROM_1 = Kind.whole(1);
    static final Kind<Double> TEMPERATURE = Kind.number(0, 2);

    private final Known known;
    private final Policy usual;

    PolicyReader(Known known) {
        this(known, Policy.DEFAULT);
    }

    /** @param usual what holds where nothing is said */
    PolicyReader(Known known, Policy usual) {
        this.known = known;
        this.usual = usual;
    }

    /** @param critics the names of the agent's */
    Policy policy(Section section, Set<String> critics) {
        Policy policy = Policy.of(
                Rounds.of(section.get("rounds", FROM_0, usual.rounds())),
                NoProgress.after(section.get("patience", FROM_1, usual.patience())),
                Oscillation.tolerating(section.get("repeats", FROM_0, usual.repeats())),
                FallingScore.after(section.get("falling-score", FROM_1, usual.falls())),
                acceptance(section.section("acceptance"), critics),
                new RegressionGuard(section.get("regression-guard", Kind.TRUTH, usual.regressionGuard())),
                budget(section.section("budget")),
                Timeout.of(section.get("timeout", Kind.DURATION, usual.timeout())),
                start(section.section("start")),
                schedule(section.section("schedule")),
                escalation(section.value("escalation")),
                review(section.value("review"), critics));
        section.noOtherKeys();
        return policy;
    }

    private Acceptance acceptance(Section section, Set<String> critics) {
        Acceptance usual = this.usual.acceptance();
        Acceptance acceptance = new Acceptance(
                section.get("critics", Kind.choice(Acceptance.Critics.class), usual.critics()),
                section.get("threshold", Kind.number(0, 1), usual.threshold()),
                section.get("merge", Kind.choice(Acceptance.Merge.class), usual.merge()),
                section.has("weights") ? weights(section.section("weights"), critics) : usual.weights());
        if (section.has("weights") && acceptance.merge() != Acceptance.Merge.WEIGHTED) {
            section.fault(
                    "weights",
                    "count with merge: weighted only; here merge is "
                            + acceptance.merge().key());
        }
        section.noOtherKeys();
        return acceptance;
    }

    private static Map<String, Double> weights(Section section, Set<String> critics) {
        Map<String, Double> weights = new TreeMap<>();
        for (String critic : section.keys()) {
            weights.put(critic, section.get(critic, Kind.WEIGHT, 1.0));
            if (!critics.contains(critic)) {
                section.fault(
                        critic,
                        "there is no critic '%s' here; the critics are %s%s"
                                .formatted(critic, critics, Names.hint(critic, critics)));
            }
        }
        return weights;
    }

    private Budget budget(Section section) {
        Budget own = usual.budget();
        Budget budget = new Budget(
                section.<@Nullable Integer>get("calls", FROM_1, own.calls()),
                section.<@Nullable Long>get("tokens", Kind.COUNT, own.tokens()),
                section.<@Nullable BigDecimal>get("money", Kind.AMOUNT_ABOVE_0, own.money()));
        section.noOtherKeys();
        return budget;
    }

    private Start start(Section section) {
        Strategy strategy = section.get(
                "strategy", Kind.choice(Strategy.class), usual.start().strategy());
        boolean same = strategy == usual.start().strategy();
        int samples = section.get("samples", FROM_1, same ? usual.start().samples() : 1);
        if (strategy == Strategy.SINGLE && samples > 1) {
            section.fault(
                    "samples",
                    "a single start has 1 sample, not %d; strategy: best-of or self-consistency has several"
                            .formatted(samples));
            samples = 1;
        } else if (strategy != Strategy.SINGLE && !same && !section.has("samples")) {
            section.fault("samples", "is missing: how many first drafts there are at most");
        }
        section.noOtherKeys();
        return new Start(strategy, samples);
    }

    private Schedule schedule(Section section) {
        List<Double> temperatures = new ArrayList<>(
                section.has("temperatures") ? List.of() : usual.schedule().temperatures());
        section.value("temperatures").items().forEach(item -> temperatures.add(item.as(TEMPERATURE, 0.0)));
        Schedule schedule = new Schedule(
                temperatures,
                section.<@Nullable Long>get(
                        "seed", Kind.ANY_WHOLE, usual.schedule().seed()));
        section.noOtherKeys();
        return schedule;
    }

    private Review review(Value value, Set<String> critics) {
        Section section = value.section();
        Review usual = this.usual.asking();
        boolean asked = value.node() instanceof Node.Entries;
        Review review = new Review(
                section.get("when", Kind.choice(Review.When.class), usual.when()),
                section.get("below", Kind.number(0, 1), usual.below()),
                section.get("wait", Kind.DURATION, usual.within()),
                section.get("default", Kind.choice(Review.Default.class), usual.otherwise()));
        if (asked && !section.has("when") && usual.when() == Review.When.NEVER) {
            section.fault("when", "is missing: when a person decides, as in when: unaccepted");
        }
        if (section.has("below") && review.when() != Review.When.LOW_SCORE) {
            section.fault(
                    "below",
                    "counts with when: low-score only; here when is "
                            + review.when().key());
        }
        if (review.when() == Review.When.LOW_SCORE && critics.isEmpty()) {
            section.fault("when", "low-score goes by the scores of critics, and there is none here");
        }
        section.noOtherKeys();
        return review;
    }

    private Escalation escalation(Value value) {
        Section section = value.section();
        boolean given = section.has("models");
        List<String> models =
                new ArrayList<>(given ? List.of() : usual.escalation().models());
        section.value("models").items().forEach(item -> models.add(known.model(item)));
        int after = section.get("after", FROM_1, usual.escalation().after());
        if (value.node() instanceof Node.Entries && models.isEmpty() && !given) {
            section.fault("models", "is missing: the models that take over, in turn");
        }
        section.noOtherKeys();
        return new Escalation(after, models);
    }
}
