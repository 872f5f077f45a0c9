package dev.cermin.eval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was run: all that makes two runs comparable, or not.
 *
 * @param suite its name
 * @param source the suite's
 * @param prompting the suite's
 * @param items how many were to be asked
 * @param fingerprint the suite's, by which runs are told apart
 * @param agent name and version, {@code name@version}
 * @param agentHash of its resolved content, as traces pin it
 * @param models by role, each with provider and model id
 * @param carriage {@code in process}, {@code kafka}, or {@code stored traces}
 * @param methods that were asked for
 * @param seed of samples and of the choice of items; null where none was given
 * @param temperature of the baselines' drafts; null where there are none
 * @param started when the run began
 */
public record RunInfo(
        String suite,
        String source,
        String prompting,
        int items,
        String fingerprint,
        String agent,
        String agentHash,
        Map<String, String> models,
        String carriage,
        List<Method> methods,
        @Nullable Long seed,
        @Nullable Double temperature,
        Instant started) {
    public RunInfo {
        models = Map.copyOf(models);
        methods = List.copyOf(methods);
    }

    /** What makes another run another, in words; null where it is the same, begun at another time. */
    @Nullable
    String difference(RunInfo other) {
        if (!suite.equals(other.suite)) {
            return "of suite %s, not %s".formatted(other.suite, suite);
        }
        if (!fingerprint.equals(other.fingerprint) || items != other.items) {
            return "of other items of %s (%d, now %d)".formatted(suite, other.items, items);
        }
        if (!agentHash.equals(other.agentHash)) {
            return "of agent %s as it was then, and %s is another, or has changed".formatted(other.agent, agent);
        }
        if (!models.equals(other.models)) {
            return "on models %s, not %s".formatted(new TreeMap<>(other.models), new TreeMap<>(models));
        }
        if (!carriage.equals(other.carriage)) {
            return "carried %s, not %s".formatted(other.carriage, carriage);
        }
        if (!methods.equals(other.methods)) {
            return "by %s, not by %s".formatted(other.methods, methods);
        }
        if (!Objects.equals(seed, other.seed)) {
            return "with seed %s, not %s".formatted(other.seed, seed);
        }
        return Objects.equals(temperature, other.temperature)
                ? null
                : "with drafts at temperature %s, not %s".formatted(other.temperature, temperature);
    }
}
