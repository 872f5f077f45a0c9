package dev.cermin.review;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that has ended, as rules look at it.
 *
 * @param score the mean that critics gave the answer; null without any
 */
record Ended(
        UUID id,
        String tenant,
        String agent,
        boolean accepted,
        String stopReason,
        BigDecimal cost,
        int rounds,
        @Nullable Double score) {}
