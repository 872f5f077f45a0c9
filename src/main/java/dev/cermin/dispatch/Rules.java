package dev.cermin.dispatch;

import dev.cermin.model.Limits;
import dev.cermin.model.Price;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one model is called.
 *
 * @param limits of each replica; a call that would exceed them waits
 * @param retries attempts after the first, on failures that may pass; each at another replica where there is one
 * @param timeout of one attempt, above 0; an engine that isn't ready is waited for as long
 * @param streamed whether the model itself ends an answer after a silence of {@code timeout}: the whole of it may take as
 *     long as the deadline allows
 * @param maxWait where a fallback follows: how long a call waits for a limit, for an engine that isn't ready or before a
 *     retry, till that is asked instead
 * @param hedgeAfter without an answer by then, a second replica is asked too, and the first answer counts; null: never
 * @param fallback the models that are asked where this one gives no answer, in order
 * @param tags by which routes choose
 * @param price of its tokens
 * @param breaker when a replica is left alone
 */
public record Rules(
        Limits limits,
        int retries,
        Duration timeout,
        boolean streamed,
        Duration maxWait,
        @Nullable Duration hedgeAfter,
        List<String> fallback,
        Set<String> tags,
        Price price,
        BreakerRules breaker) {
    public static final Rules DEFAULT = builder().build();

    public Rules {
        if (retries < 0 || !timeout.isPositive() || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "Retries are 0 or more, a timeout is above 0 and a wait 0 or more, not %d, %s and %s"
                            .formatted(retries, timeout, maxWait));
        }
        if (hedgeAfter != null && !hedgeAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "To hedge after %s would double every call; a time above 0 is expected".formatted(hedgeAfter));
        }
        fallback = List.copyOf(fallback);
        tags = new TreeSet<>(tags);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder {
        private Limits limits = Limits.NONE;
        private int retries = 2;
        private Duration timeout = Duration.ofMinutes(2);
        private boolean streamed;
        private Duration maxWait = Duration.ofSeconds(10);
        private @Nullable Duration hedgeAfter;
        private List<String> fallback = List.of();
        private Set<String> tags = Set.of();
        private Price price = Price.FREE;
        private BreakerRules breaker = BreakerRules.DEFAULT;

        private Builder() {}

        /** Default none. */
        public Builder limits(Limits most) {
            limits = most;
            return this;
        }

        /** Default 2. */
        public Builder retries(int count) {
            retries = count;
            return this;
        }

        /** Default two minutes. */
        public Builder timeout(Duration time) {
            timeout = time;
            return this;
        }

        /** Default false. */
        public Builder streamed(boolean silences) {
            streamed = silences;
            return this;
        }

        /** Default ten seconds. */
        public Builder maxWait(Duration time) {
            maxWait = time;
            return this;
        }

        /** Default never. */
        public Builder hedgeAfter(@Nullable Duration time) {
            hedgeAfter = time;
            return this;
        }

        /** Default none. */
        public Builder fallback(List<String> models) {
            fallback = models;
            return this;
        }

        /** Default none. */
        public Builder tags(Set<String> names) {
            tags = names;
            return this;
        }

        /** Default free. */
        public Builder price(Price tokens) {
            price = tokens;
            return this;
        }

        /** Default {@link BreakerRules#DEFAULT}. */
        public Builder breaker(BreakerRules rules) {
            breaker = rules;
            return this;
        }

        public Rules build() {
            return new Rules(limits, retries, timeout, streamed, maxWait, hedgeAfter, fallback, tags, price, breaker);
        }
    }
}
