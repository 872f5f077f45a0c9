package dev.cermin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.policy.Acceptance.Critics;
import java.math.BigDecimal;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        Policy policy = Policy.DEFAULT;

        assertThat(policy.rounds()).isEqualTo(2);
        assertThat(policy.patience()).isEqualTo(2);
        assertThat(policy.acceptance()).isEqualTo(new Acceptance(Critics.UNVERIFIED, 0.9));
        assertThat(policy.regressionGuard()).isTrue();
        assertThat(policy.budget()).isEqualTo(Budget.UNLIMITED);
        assertThat(policy.timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithTheRange() {
        assertRefused(() -> Policy.of(Rounds.of(-1)), "rounds is 0 or more, not -1");
        assertRefused(() -> Policy.of(NoProgress.after(0)), "patience is 1 or more, not 0");
        assertRefused(() -> Policy.of(Timeout.of(Duration.ZERO)), "timeout is longer than 0, not PT0S");
        assertRefused(() -> new Acceptance(Critics.ALWAYS, 1.1), "threshold is in [0, 1], not 1.1");
        assertRefused(() -> new Acceptance(Critics.ALWAYS, Double.NaN), "threshold is in [0, 1], not NaN");
        assertRefused(() -> Budget.ofCalls(0), "calls is 1 or more, not 0");
        assertRefused(() -> Budget.ofTokens(-5), "tokens is 1 or more, not -5");
        assertRefused(() -> Budget.ofMoney(BigDecimal.ZERO), "money is more than 0, not 0");
    }

    @Test
    void aBudgetForbidsACallOnceALimitIsReachedAndNotBefore() {
        Budget budget = new Budget(3, 100L, new BigDecimal("0.50"));

        assertThat(budget.forbids(2, 99, new BigDecimal("0.49"))).isNull();
        assertThat(budget.forbids(3, 0, BigDecimal.ZERO)).isEqualTo("3 of 3 calls made");
        assertThat(budget.forbids(0, 101, BigDecimal.ZERO)).isEqualTo("101 of 100 tokens used");
        assertThat(budget.forbids(0, 0, new BigDecimal("0.5"))).isEqualTo("0.5 of 0.50 spent");
        assertThat(Budget.UNLIMITED.forbids(Integer.MAX_VALUE, Long.MAX_VALUE, BigDecimal.TEN))
                .isNull();
    }

    private static void assertRefused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
