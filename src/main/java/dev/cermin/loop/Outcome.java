package dev.cermin.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the caller gets.
 *
 * @param taskId the task's id
 * @param agent the agent's name
 * @param stop why the loop ended
 * @param best the best attempt; null where no draft could be had at all
 * @param attempts every attempt, in order, with its verdict where the loop lived to settle it
 * @param ledger what was spent, by role and model
 */
public record Outcome(
        UUID taskId, String agent, Stop stop, @Nullable Attempt best, List<Attempt> attempts, List<Spend> ledger) {
    static Outcome of(LoopState state) {
        Stop stop = state.stop();
        if (stop == null) {
            throw new IllegalStateException("Task " + state.task().id() + " goes on; there is no outcome yet");
        }
        return new Outcome(
                state.task().id(),
                state.plan().agent(),
                stop,
                state.best().orElse(null),
                state.attempts(),
                state.ledger());
    }

    public boolean accepted() {
        return stop.reason() == StopReason.ACCEPTED;
    }

    /** The best draft's output; empty where there is none. */
    public Optional<String> answer() {
        return Optional.ofNullable(best).map(attempt -> attempt.draft().output());
    }

    public Usage usage() {
        return Spend.total(ledger);
    }

    public Map<Role, Usage> usageByRole() {
        return by(Spend::role);
    }

    public Map<String, Usage> usageByModel() {
        return by(Spend::model);
    }

    private <K> Map<K, Usage> by(Function<Spend, K> key) {
        return ledger.stream().collect(Collectors.toMap(key, Spend::usage, Usage::plus));
    }
}
