package dev.cermin.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a loop may spend on model calls. It is looked at before each call: once a limit is reached, no further call is
 * made, and the loop ends with the best draft so far.
 *
 * @param calls model calls; null is unlimited
 * @param tokens tokens in and out together; null is unlimited
 * @param money in the currency of the models' prices; null is unlimited
 */
public record Budget(
        @Nullable Integer calls,
        @Nullable Long tokens,
        @Nullable BigDecimal money) implements Rule {
    public static final Budget UNLIMITED = new Budget(null, null, null);

    public Budget {
        Ranges.require(calls == null || calls >= 1, "calls is 1 or more, not " + calls);
        Ranges.require(tokens == null || tokens >= 1, "tokens is 1 or more, not " + tokens);
        Ranges.require(money == null || money.signum() > 0, "money is more than 0, not " + money);
    }

    public static Budget ofCalls(int calls) {
        return new Budget(calls, null, null);
    }

    public static Budget ofTokens(long tokens) {
        return new Budget(null, tokens, null);
    }

    public static Budget ofMoney(BigDecimal money) {
        return new Budget(null, null, money);
    }

    /** The limit that forbids one more call, in words, or null where one more may be made. */
    public @Nullable String forbids(int callsMade, long tokensUsed, BigDecimal moneySpent) {
        if (calls != null && callsMade >= calls) {
            return "%d of %d calls made".formatted(callsMade, calls);
        }
        if (tokens != null && tokensUsed >= tokens) {
            return "%d of %d tokens used".formatted(tokensUsed, tokens);
        }
        if (money != null && moneySpent.compareTo(money) >= 0) {
            return "%s of %s spent".formatted(moneySpent.toPlainString(), money.toPlainString());
        }
        return null;
    }
}
