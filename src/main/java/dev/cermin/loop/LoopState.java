package dev.cermin.loop;

import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a loop stands. Immutable, and serialises to JSON: the same value runs in process, travels between workers, and
 * is rebuilt from a stored trace.
 *
 * @param task what was asked
 * @param plan what is to be known of the agent
 * @param attempts every draft so far, in order
 * @param ledger what was spent, by role and model
 * @param stop null while it goes on
 */
public record LoopState(
        Task task,
        Plan plan,
        List<Attempt> attempts,
        List<Spend> ledger,
        @Nullable Stop stop) {
    public LoopState {
        attempts = List.copyOf(attempts);
        ledger = List.copyOf(ledger);
    }

    /**
     * A loop that nothing was done in yet.
     *
     * @throws IllegalArgumentException where the task is another agent's
     */
    public static LoopState start(Task task, Plan plan) {
        if (!task.agent().equals(plan.agent())) {
            throw new IllegalArgumentException(
                    "The task is for agent '%s', not for '%s'".formatted(task.agent(), plan.agent()));
        }
        return new LoopState(task, plan, List.of(), List.of(), null);
    }

    /** What is to be done now. */
    public Action next() {
        if (stop != null) {
            return new Finish();
        }
        if (attempts.isEmpty()) {
            return new Generate();
        }
        Attempt last = attempts.getLast();
        if (plan.verified() && last.checks() == null) {
            return new Verify();
        }
        if (last.adopted() && last.critiques().size() < plan.critics().size()) {
            return new Reflect(plan.critics().get(last.critiques().size()));
        }
        return new Correct();
    }

    /**
     * This state and a result; pure.
     *
     * @throws IllegalStateException where the result doesn't answer {@link #next()}, or the loop has ended
     */
    public LoopState apply(StepResult result) {
        return Transition.of(this, result);
    }

    public boolean finished() {
        return stop != null;
    }

    /** The draft that the next correction starts from: the latest one that the regression guard let through. */
    public Attempt base() {
        return attempts.reversed().stream()
                .filter(Attempt::adopted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no draft yet"));
    }

    /**
     * The best attempt so far: accepted, else by checks passed, then score, then the earlier one. One that the
     * regression guard set aside is never it.
     */
    public Optional<Attempt> best() {
        return attempts.stream().filter(Attempt::adopted).reduce((a, b) -> b.betterThan(a) ? b : a);
    }

    /** How many corrections were made. */
    public int round() {
        return Math.max(0, attempts.size() - 1);
    }

    /** When the loop must end: the task's own deadline or the policy's timeout, whichever comes first. */
    public Instant deadline() {
        Duration left = Duration.between(task.createdAt(), Instant.MAX);
        Duration allowed = plan.policy().timeout();
        Instant timeout = allowed.compareTo(left) < 0 ? task.createdAt().plus(allowed) : Instant.MAX;
        Instant own = task.deadline();
        return own != null && own.isBefore(timeout) ? own : timeout;
    }

    /** @throws IllegalStateException while it goes on */
    public Outcome outcome() {
        return Outcome.of(this);
    }

    LoopState with(Attempt attempt) {
        var all = new ArrayList<>(attempts);
        if (!all.isEmpty() && all.getLast().round() == attempt.round()) {
            all.removeLast();
        }
        all.add(attempt);
        return new LoopState(task, plan, all, ledger, stop);
    }

    LoopState with(@Nullable Spend spend) {
        return spend == null ? this : new LoopState(task, plan, attempts, Spend.add(ledger, spend), stop);
    }

    LoopState stopped(StopReason reason, String detail) {
        return new LoopState(task, plan, attempts, ledger, new Stop(reason, detail));
    }
}
