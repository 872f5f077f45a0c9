package dev.cermin.loop;

import dev.cermin.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * How the policy wants the next draft written.
 *
 * @param model in place of the agent's own; null for that
 * @param temperature in place of the agent's own; null for that
 * @param seed of the draws; null for none
 * @param reason why another model writes; empty where the agent's own does
 */
public record DraftCall(
        @Nullable String model,
        @Nullable Double temperature,
        @Nullable Long seed,
        String reason) {
    private static final DraftCall USUAL = new DraftCall(null, null, null, "");

    static DraftCall of(LoopState state) {
        Policy policy = state.plan().policy();
        // a correction follows a failed verdict of each round before it
        int failed = state.attempts().isEmpty() || state.sampling() ? 0 : state.round() + 1;
        String model = policy.escalation().model(failed);
        int draft = state.attempts().size();
        Double temperature = policy.schedule().temperature(draft);
        Long seed = policy.schedule().seed(draft);
        if (model == null && temperature == null && seed == null) {
            return USUAL;
        }
        String reason = model == null ? "" : "Escalated to %s after %d failed verdicts".formatted(model, failed);
        return new DraftCall(model, temperature, seed, reason);
    }
}
