package dev.cermin.bench;

import dev.cermin.loop.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** How much of the prompts an engine had in its cache, by what the calls were for. Thread-safe. */
final class CachedTokens {
    private final Map<Role, long[]> roles = new EnumMap<>(Role.class);

    /**
     * Counts a call.
     *
     * @param prompt tokens
     * @param cached of those
     */
    synchronized void add(Role role, int prompt, int cached) {
        long[] sums = roles.computeIfAbsent(role, absent -> new long[3]);
        sums[0]++;
        sums[1] += prompt;
        sums[2] += cached;
    }

    synchronized void clear() {
        roles.clear();
    }

    /** Such as {@code generate 15.0 of 21.0 tokens a call (71.4 %), reflect …}; empty without calls. */
    @Override
    public synchronized String toString() {
        StringJoiner all = new StringJoiner(", ");
        roles.forEach((role, sums) -> all.add("%s %.1f of %.1f (%.1f %%)"
                .formatted(
                        role.key(),
                        (double) sums[2] / sums[0],
                        (double) sums[1] / sums[0],
                        sums[1] == 0 ? 0 : 100.0 * sums[2] / sums[1])));
        return all.toString();
    }
}
