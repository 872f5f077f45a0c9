package dev.cermin.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace as lists show it.
 *
 * @param finishedAt null while it runs, as the next two
 * @param stopReason lower case
 * @param accepted the verdict at the end
 * @param score the last that critics gave, in [0, 1]; null where none did
 * @param steps stored so far
 * @param rounds corrections made
 * @param calls model calls made
 * @param cost in the currency of the models' prices
 * @param label a reviewer's last one; null for none
 * @param input the first line of the task's input, cut; null where it was erased
 * @param answer the first line of the answer, cut; null for none
 * @param match where the words that were searched for stand, in pieces; empty where none were
 */
public record TraceRow(
        UUID id,
        String tenant,
        String agent,
        String version,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable String stopReason,
        @Nullable Boolean accepted,
        @Nullable Double score,
        int steps,
        int rounds,
        int calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        @Nullable String label,
        @Nullable String input,
        @Nullable String answer,
        List<Piece> match) {
    public PageKey key() {
        return new PageKey(createdAt, id);
    }
}
