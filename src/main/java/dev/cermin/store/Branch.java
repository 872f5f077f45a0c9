package dev.cermin.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one tenant, or of all that have none of their own.
 *
 * @param table what they are partitions of
 * @param tenant null for all others
 * @param parts in the order of their times; without the one for the rest
 */
record Branch(String table, @Nullable String tenant, List<Part> parts) {
    static final String OTHERS = "step_others";

    /** Tasks created from a time on, and before another. */
    record Part(String table, Instant from, Instant to) {}

    /** Where steps lie for whose time there is no partition. */
    String rest() {
        return table + "_rest";
    }

    /** From when on there is one; empty for none. */
    Optional<Instant> from() {
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getFirst().from());
    }
}
