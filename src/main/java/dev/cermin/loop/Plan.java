package dev.cermin.loop;

import dev.cermin.policy.Policy;
import java.util.List;

/**
 * What the loop must know of its agent.
 *
 * @param agent its name
 * @param version its version, as its file says
 * @param pin the hash of its resolved content, hex
 * @param verified whether it has verifiers
 * @param critics the names of its critics, in the order in which they are asked
 * @param policy when it stops
 */
public record Plan(String agent, String version, String pin, boolean verified, List<String> critics, Policy policy) {
    public Plan {
        critics = List.copyOf(critics);
    }
}
