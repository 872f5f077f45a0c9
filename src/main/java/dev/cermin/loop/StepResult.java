package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.verify.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an action, or came from outside. */
public sealed interface StepResult {
    /** What it took; null where no model was called. */
    default @Nullable Spend spend() {
        return null;
    }

    /** A first draft was written. */
    record Generated(Draft draft, Spend spend) implements StepResult {}

    /** The verifiers ran: one check each. */
    record Verified(List<Check> checks) implements StepResult {}

    /** A critic gave its view, or failed to: then the critique is unreadable. */
    record Reflected(Critique critique, @Nullable Spend spend) implements StepResult {}

    /** A correction was written. */
    record Corrected(Draft draft, Spend spend) implements StepResult {}

    /** A person decided, or the policy in their place. */
    record Reviewed(Decision decision) implements StepResult {}

    /** A draft could not be had, and trying again is no use. */
    record Failed(String error, @Nullable Spend spend) implements StepResult {
        public Failed(String error) {
            this(error, null);
        }
    }

    /** A limit tripped between the calls of one step, which so has no result: budget, deadline, cancelled, handed back. */
    record CutShort(
            StopReason reason, String detail, @Nullable Spend spend) implements StepResult {}

    /** The deadline passed. */
    record Expired(Instant at) implements StepResult {}

    /** Somebody cancelled the task. */
    record Cancelled(String by) implements StepResult {}
}
