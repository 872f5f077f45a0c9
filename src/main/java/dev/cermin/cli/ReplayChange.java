package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.PolicyChange;
import dev.cermin.loop.Plan;
import dev.cermin.replay.Counterfactual;
import dev.cermin.replay.Judges;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Verifiers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to be otherwise.
 *
 * @param rules of the policy, as in agent files
 * @param critics the only ones; empty for all
 * @param agent in place of the trace's; null for that
 */
record ReplayChange(
        List<String> rules, List<String> critics, @Nullable AgentDefinition agent, Verifiers verifiers) {
    /**
     * @param definitions by their hash
     * @throws IllegalArgumentException where the trace can't be replayed
     * @throws CommandFailure where the change doesn't fit the trace's agent
     */
    Counterfactual of(List<TraceStep> steps, Function<String, Optional<String>> definitions) {
        Plan then = Replay.state(steps.subList(0, 1)).plan();
        Plan plan = agent == null ? then : agent.plan();
        List<String> heard = critics.isEmpty() ? plan.critics() : critics;
        if (!plan.critics().containsAll(heard)) {
            throw new CommandFailure("Agent '%s' of the trace has the critics %s; --critic names %s"
                    .formatted(plan.agent(), plan.critics(), critics));
        }
        try {
            plan = new Plan(
                    plan.agent(),
                    plan.version(),
                    plan.pin(),
                    plan.verified(),
                    heard,
                    new PolicyChange(rules).of(plan.policy(), heard));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--policy: " + e.getMessage());
        }
        return Counterfactual.of(steps, plan, judges(then, definitions));
    }

    private Judges judges(Plan then, Function<String, Optional<String>> definitions) {
        if (agent == null) {
            return Judges.OF_THEN;
        }
        AgentDefinition old = definitions
                .apply(then.pin())
                .map(content -> AgentDefinition.of(content.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The agent's definition of then, %s, is not in this database".formatted(then.pin())));
        TreeSet<String> others = new TreeSet<>();
        List<Critic> known = new ArrayList<>(old.critics());
        agent.critics().stream().filter(critic -> !known.contains(critic)).forEach(critic -> others.add(critic.name()));
        return old.verifiers().equals(agent.verifiers())
                ? Judges.ofThenBut(others)
                : Judges.of(agent, verifiers, others);
    }
}
