package dev.cermin.agent;

import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Oscillation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
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
    private static final Policy USUAL = Policy.DEFAULT;
    private static final Kind<Integer> FROM_0 = Kind.whole(0);
    private static final Kind<Integer> FROM_1 = Kind.whole(1);
    static final Kind<Double> TEMPERATURE = Kind.number(0, 2);

    private final Known known;

    PolicyReader(Known known) {
        this.known = known;
    }

    /** @param critics the names of the agent's */
    Policy policy(Section section, Set<String> critics) {
        Policy policy = Policy.of(
                Rounds.of(section.get("rounds", FROM_0, USUAL.rounds())),
                NoProgress.after(section.get("patience", FROM_1, USUAL.patience())),
                Oscillation.tolerating(section.get("repeats", FROM_0, USUAL.repeats())),
                FallingScore.after(section.get("falling-score", FROM_1, USUAL.falls())),
                acceptance(section.section("acceptance"), critics),
                new RegressionGuard(section.get("regression-guard", Kind.TRUTH, USUAL.regressionGuard())),
                budget(section.section("budget")),
                Timeout.of(section.get("timeout", Kind.DURATION, USUAL.timeout())),
                start(section.section("start")),
                schedule(section.section("schedule")),
                escalation(section.value("escalation")));
        section.noOtherKeys();
        return policy;
    }

    private static Acceptance acceptance(Section section, Set<String> critics) {
        Acceptance usual = USUAL.acceptance();
        Acceptance acceptance = new Acceptance(
                section.get("critics", Kind.choice(Acceptance.Critics.class), usual.critics()),
                section.get("threshold", Kind.number(0, 1), usual.threshold()),
                section.get("merge", Kind.choice(Acceptance.Merge.class), usual.merge()),
                weights(section.section("weights"), critics));
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

    private static Budget budget(Section section) {
        Budget budget = new Budget(
                section.<@Nullable Integer>get("calls", FROM_1, null),
                section.<@Nullable Long>get("tokens", Kind.COUNT, null),
                section.<@Nullable BigDecimal>get("money", Kind.AMOUNT_ABOVE_0, null));
        section.noOtherKeys();
        return budget;
    }

    private static Start start(Section section) {
        Strategy strategy = section.get("strategy", Kind.choice(Strategy.class), Strategy.SINGLE);
        int samples = section.get("samples", FROM_1, 1);
        if (strategy == Strategy.SINGLE && samples > 1) {
            section.fault(
                    "samples",
                    "a single start has 1 sample, not %d; strategy: best-of or self-consistency has several"
                            .formatted(samples));
            samples = 1;
        } else if (strategy != Strategy.SINGLE && !section.has("samples")) {
            section.fault("samples", "is missing: how many first drafts there are at most");
        }
        section.noOtherKeys();
        return new Start(strategy, samples);
    }

    private static Schedule schedule(Section section) {
        List<Double> temperatures = new ArrayList<>();
        section.value("temperatures").items().forEach(item -> temperatures.add(item.as(TEMPERATURE, 0.0)));
        Schedule schedule = new Schedule(temperatures, section.<@Nullable Long>get("seed", Kind.ANY_WHOLE, null));
        section.noOtherKeys();
        return schedule;
    }

    private Escalation escalation(Value value) {
        Section section = value.section();
        List<String> models = new ArrayList<>();
        section.value("models").items().forEach(item -> models.add(known.model(item)));
        int after = section.get("after", FROM_1, Escalation.NONE.after());
        if (value.node() instanceof Node.Entries && !section.has("models")) {
            section.fault("models", "is missing: the models that take over, in turn");
        }
        section.noOtherKeys();
        return new Escalation(after, models);
    }
}
