package dev.cermin.loop;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What model calls took.
 *
 * @param calls how many
 * @param tokensIn tokens read
 * @param tokensOut tokens written
 * @param cost in the currency of the models' prices; 0 where no price is configured
 * @param time spent waiting for models
 */
public record Usage(int calls, long tokensIn, long tokensOut, BigDecimal cost, Duration time) {
    public static final Usage NONE = new Usage(0, 0, 0, BigDecimal.ZERO, Duration.ZERO);

    public long tokens() {
        return tokensIn + tokensOut;
    }

    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                tokensIn + other.tokensIn,
                tokensOut + other.tokensOut,
                other.cost.signum() == 0 ? cost : cost.add(other.cost),
                time.plus(other.time));
    }
}
