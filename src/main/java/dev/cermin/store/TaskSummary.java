package dev.cermin.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as lists show it.
 *
 * @param steps stored so far
 * @param rounds corrections made
 * @param calls model calls made
 * @param cost in the currency of the models' prices
 * @param stopReason lower case; null while it runs
 * @param accepted null while it runs
 * @param head the hash of the last step, hex
 */
public record TaskSummary(
        UUID id,
        String tenant,
        String agent,
        String agentVersion,
        String agentHash,
        Instant createdAt,
        @Nullable Instant deadline,
        int steps,
        int rounds,
        int calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        @Nullable String stopReason,
        @Nullable Boolean accepted,
        @Nullable Instant finishedAt,
        String head) {
    public boolean running() {
        return stopReason == null;
    }
}
