package dev.cermin.eval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was run: all that makes two runs comparable, or not.
 *
 * @param suite its name
 * @param source the suite's
 * @param prompting the suite's
 * @param items how many were to be asked
 * @param fingerprint SHA-256 over the items' ids and inputs, in hexadecimal
 * @param agent name and version, {@code name@version}
 * @param agentHash of its resolved content, as traces pin it
 * @param models by role, each with provider and model id
 * @param carriage {@code in process}, {@code kafka}, or {@code stored traces}
 * @param methods that were asked for
 * @param seed of samples and of the choice of items; null where none was given
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
        Instant started) {
    public RunInfo {
        models = Map.copyOf(models);
        methods = List.copyOf(methods);
    }
}
