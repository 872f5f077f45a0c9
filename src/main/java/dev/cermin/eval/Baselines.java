package dev.cermin.eval;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Schedule;
import dev.cermin.policy.Start;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agents without corrections that reflection is compared with: they draw as many first drafts as its tokens would have
 * paid for, summed over all items.
 *
 * @param agent the one in question
 * @param temperature of the drafts
 */
record Baselines(AgentDefinition agent, double temperature) {
    /** More would be no baseline that anybody runs. */
    private static final int MOST = 64;

    /** How many drafts an item gets, on the average: the tokens of reflection by those of one draft. */
    double drafts(Method method, Collection<Answered> reflections) {
        long all = 0;
        long one = 0;
        for (Answered reflection : reflections) {
            After single = single(method, reflection);
            if (single != null) {
                all += reflection.last().map(After::tokens).orElse(0L);
                one += single.tokens();
            }
        }
        return one == 0 ? 1 : Math.clamp((double) all / one, 1, MOST);
    }

    /**
     * To vote or to be verified costs a draft no tokens, to be judged does. Where critics judge what verifiers passed, it is
     * reckoned without them: the baseline rather gets a draft too many, and the report tells of it.
     */
    private @Nullable After single(Method method, Answered reflection) {
        boolean judged = method == Method.BEST_OF_N
                && agent.verifiers().isEmpty()
                && !agent.critics().isEmpty()
                && !reflection.rounds().isEmpty();
        return judged ? reflection.rounds().getFirst() : reflection.shot();
    }

    /**
     * The agent for one item.
     *
     * @param index of the item: with 1.5 drafts on the average, every other item gets 2
     */
    AgentDefinition of(Method method, double drafts, int index, long seed) {
        int samples = (int) (Math.floor((index + 1) * drafts) - Math.floor(index * drafts));
        return method == Method.SELF_CONSISTENCY
                ? drawing(Start.selfConsistency(samples), false, seed)
                : drawing(Start.bestOf(samples), true, seed);
    }

    private AgentDefinition drawing(Start start, boolean judged, long seed) {
        Policy policy = agent.policy()
                .with(Rounds.of(0), start, Schedule.ofTemperatures(temperature).withSeed(seed));
        return new AgentDefinition(
                agent.name(),
                agent.version(),
                agent.description(),
                agent.answers(),
                agent.models(),
                agent.prompts(),
                agent.sampling(),
                judged ? agent.verifiers() : List.of(),
                judged ? agent.critics() : List.of(),
                agent.tools(),
                policy);
    }
}
