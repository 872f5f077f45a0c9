package dev.cermin.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands corrections on to stronger models where those before them fail.
 *
 * @param after failed verdicts that a model may get before the next one takes over, 1 or more; default 1
 * @param models names of models, in the order in which they take over; default empty: no escalation
 */
public record Escalation(int after, List<String> models) implements Rule {
    public static final Escalation NONE = new Escalation(1, List.of());

    public Escalation {
        Ranges.require(after >= 1, "escalation comes after 1 or more failed verdicts, not " + after);
        models = models == null ? List.of() : List.copyOf(models);
    }

    public static Escalation to(String... models) {
        return new Escalation(1, List.of(models));
    }

    /** The same models, after so many failed verdicts of each. */
    public Escalation after(int failedVerdicts) {
        return new Escalation(failedVerdicts, models);
    }

    /** The model that writes after so many failed verdicts; null for the agent's own. */
    public @Nullable String model(int failedVerdicts) {
        int step = failedVerdicts / after;
        return step == 0 || models.isEmpty() ? null : models.get(Math.min(step, models.size()) - 1);
    }
}
