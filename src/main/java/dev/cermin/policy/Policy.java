package dev.cermin.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * When a loop goes on and when it stops. The answer is always the best draft so far, never merely the last.
 *
 * @param rounds corrections at most, 0 or more; default 2
 * @param patience corrections in a row without a better draft before it stops, 1 or more; default 2
 * @param acceptance when a draft is good enough; default: every verifier passes, critics only where there is no verifier
 * @param regressionGuard whether a correction that breaks a check that passed is set aside; default true
 * @param budget what the loop may spend; default unlimited
 * @param timeout from the task's creation to its end; default 10 minutes
 */
public record Policy(
        int rounds, int patience, Acceptance acceptance, boolean regressionGuard, Budget budget, Duration timeout) {
    public static final Policy DEFAULT = builder().build();

    public Policy {
        Objects.requireNonNull(acceptance, "acceptance");
        Objects.requireNonNull(budget, "budget");
        Ranges.require(rounds >= 0, "rounds is 0 or more, not " + rounds);
        Ranges.require(patience >= 1, "patience is 1 or more, not " + patience);
        Ranges.require(!timeout.isNegative() && !timeout.isZero(), "timeout is longer than 0, not " + timeout);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts from the defaults. Not thread-safe. */
    public static final class Builder {
        private int rounds = 2;
        private int patience = 2;
        private Acceptance acceptance = Acceptance.DEFAULT;
        private boolean regressionGuard = true;
        private Budget budget = Budget.UNLIMITED;
        private Duration timeout = Duration.ofMinutes(10);

        private Builder() {}

        /** Corrections at most; default 2. */
        public Builder rounds(int rounds) {
            this.rounds = rounds;
            return this;
        }

        /** Corrections in a row without a better draft before it stops; default 2. */
        public Builder patience(int patience) {
            this.patience = patience;
            return this;
        }

        /** Default: every verifier passes; critics decide, from a score of 0.9, only where there is no verifier. */
        public Builder acceptance(Acceptance acceptance) {
            this.acceptance = acceptance;
            return this;
        }

        /** Whether a correction that breaks a check that passed is set aside; default true. */
        public Builder regressionGuard(boolean on) {
            this.regressionGuard = on;
            return this;
        }

        /** Default: unlimited. */
        public Builder budget(Budget budget) {
            this.budget = budget;
            return this;
        }

        /** From the task's creation to its end; default 10 minutes. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** @throws IllegalArgumentException where a value is out of its range */
        public Policy build() {
            return new Policy(rounds, patience, acceptance, regressionGuard, budget, timeout);
        }
    }
}
