package dev.cermin.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sampling changes from draft to draft, first drafts and corrections counted together.
 *
 * @param temperatures of the first draft, the second, and so on, each 0 or more; the last one holds for all that follow;
 *     default empty: the agent's own
 * @param seed of the first draft; each next draft's is one more; null, the default: none is sent. Only some providers
 *     take one; where it can't be sent the step's notes say so
 */
public record Schedule(List<Double> temperatures, @Nullable Long seed) implements Rule {
    public static final Schedule DEFAULT = new Schedule(List.of(), null);

    public Schedule {
        temperatures = temperatures == null ? List.of() : List.copyOf(temperatures);
        for (double temperature : temperatures) {
            Ranges.require(temperature >= 0 && temperature <= 100, "a temperature is 0 or more, not " + temperature);
        }
    }

    public static Schedule ofTemperatures(Double... inTurn) {
        return new Schedule(List.of(inTurn), null);
    }

    public Schedule withSeed(long first) {
        return new Schedule(temperatures, first);
    }

    /** The temperature of a draft, counted from 0; null for the agent's own. */
    public @Nullable Double temperature(int draft) {
        return temperatures.isEmpty() ? null : temperatures.get(Math.min(draft, temperatures.size() - 1));
    }

    /** The seed of a draft, counted from 0; null for none. */
    public @Nullable Long seed(int draft) {
        return seed == null ? null : Long.valueOf(seed + draft);
    }
}
