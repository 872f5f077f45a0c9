package dev.cermin.loop;

import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Action.Verify;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Start;
import dev.cermin.policy.Start.Strategy;
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
 * @param lessons of earlier tasks that the drafts are written with; default none
 * @param attempts every draft so far, in order
 * @param ledger what was spent, by role and model
 * @param stop null while it goes on
 * @param reviewing a person's part in it; default none
 */
public record LoopState(
        Task task,
        Plan plan,
        List<Recalled> lessons,
        List<Attempt> attempts,
        List<Spend> ledger,
        @Nullable Stop stop,
        Reviewing reviewing) {
    private static final Action GENERATE = new Generate();
    private static final Action VERIFY = new Verify();
    private static final Action CORRECT = new Correct();
    private static final Action REVIEW = new Review();
    private static final Action FINISH = new Finish();

    public LoopState {
        lessons = lessons == null ? List.of() : List.copyOf(lessons);
        attempts = List.copyOf(attempts);
        ledger = List.copyOf(ledger);
        reviewing = reviewing == null ? Reviewing.NOTHING : reviewing;
    }

    /**
     * A loop that nothing was done in yet.
     *
     * @throws IllegalArgumentException where the task is another agent's
     */
    public static LoopState start(Task task, Plan plan) {
        return start(task, plan, List.of());
    }

    /** The same, with lessons. */
    public static LoopState start(Task task, Plan plan, List<Recalled> lessons) {
        if (!task.agent().equals(plan.agent())) {
            throw new IllegalArgumentException(
                    "The task is for agent '%s', not for '%s'".formatted(task.agent(), plan.agent()));
        }
        return new LoopState(task, plan, lessons, List.of(), List.of(), null, Reviewing.NOTHING);
    }

    /** What is to be done now. */
    public Action next() {
        if (stop != null) {
            return FINISH;
        }
        if (reviewing.held() != null) {
            return REVIEW;
        }
        if (reviewing.attempt() != null) {
            return CORRECT;
        }
        if (attempts.isEmpty()) {
            return GENERATE;
        }
        boolean sampling = sampling();
        if (sampling && start().strategy() == Strategy.SELF_CONSISTENCY) {
            return GENERATE;
        }
        Attempt focus = attempts.get(focus());
        if (plan.verified() && focus.checks() == null) {
            return VERIFY;
        }
        if (hears(focus)) {
            return new Reflect(plan.critics().get(focus.critiques().size()));
        }
        return sampling ? GENERATE : CORRECT;
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

    /** How the policy wants the next draft written. */
    public DraftCall draftCall() {
        return DraftCall.of(this);
    }

    /** The attempt that verifiers and critics look at: the latest, or the best first draft once all are drawn. */
    public Attempt focused() {
        if (attempts.isEmpty()) {
            throw new IllegalStateException("There is no draft yet");
        }
        return attempts.get(focus());
    }

    /** The round of the attempt that is looked at; 0 before the first draft. */
    public int focusedRound() {
        return attempts.isEmpty() ? 0 : focused().round();
    }

    /**
     * The draft that the next correction starts from: the latest one that was adopted, or the best first
     * draft; where a person wants one revised, that one.
     */
    public Attempt base() {
        if (attempts.isEmpty()) {
            throw new IllegalStateException("There is no draft yet");
        }
        Integer revised = reviewing.attempt();
        return attempts.get(revised != null ? revised : base(attempts, start().strategy()));
    }

    /**
     * The best attempt so far: accepted, else by checks passed, then score, then votes where the start is by votes, then
     * the earlier one. One that the regression guard set aside is never it.
     */
    public Optional<Attempt> best() {
        int best = Ranking.best(attempts, start().strategy());
        return best < 0 ? Optional.empty() : Optional.of(attempts.get(best));
    }

    /** How many corrections were made. */
    public int round() {
        return attempts.isEmpty() ? 0 : attempts.getLast().round();
    }

    /**
     * When the loop must end: the task's own deadline or the policy's timeout, whichever comes first. The timeout counts
     * from the task's creation, or from its start where that is later, and not while a person is waited for.
     */
    public Instant deadline() {
        Duration allowed = plan.policy().timeout().plus(reviewing.waited());
        Instant start = task.startAt();
        Instant from = start != null && start.isAfter(task.createdAt()) ? start : task.createdAt();
        Instant timeout = allowed.toSeconds() < Instant.MAX.getEpochSecond() - from.getEpochSecond() - 1
                ? from.plus(allowed)
                : Instant.MAX;
        Instant own = task.deadline();
        return own != null && own.isBefore(timeout) ? own : timeout;
    }

    /** Until when a person is waited for who is asked at that time: for as long as the policy says, or the task's deadline. */
    public Instant reviewUntil(Instant asked) {
        Duration wait = plan.policy().asking().within();
        Instant most = wait.toSeconds() < Instant.MAX.getEpochSecond() - asked.getEpochSecond() - 1
                ? asked.plus(wait)
                : Instant.MAX;
        Instant own = task.deadline();
        return own != null && own.isBefore(most) ? own : most;
    }

    /**
     * What comes of a question that nobody has answered: the policy's default, or, where the task's own deadline is past,
     * its end.
     */
    public StepResult unreviewed(Instant now, Instant asked) {
        Instant own = task.deadline();
        return own != null && !now.isBefore(own)
                ? new StepResult.Expired(now)
                : new StepResult.Reviewed(Decision.byDefault(
                        this, Duration.ofMillis(Duration.between(asked, now).toMillis())));
    }

    /** What was spent so far. */
    public Usage usage() {
        return Spend.total(ledger);
    }

    /** @throws IllegalStateException while it goes on */
    public Outcome outcome() {
        return Outcome.of(this);
    }

    /** Whether more first drafts are to be drawn. */
    boolean sampling() {
        int samples = start().samples();
        if (attempts.size() >= samples || round() > 0) {
            return false;
        }
        return start().strategy() != Strategy.SELF_CONSISTENCY || !decided(samples - attempts.size());
    }

    /** No other answer can catch up with the leading one. */
    private boolean decided(int left) {
        int first = 0;
        int second = 0;
        List<String> seen = new ArrayList<>();
        for (Attempt attempt : attempts) {
            String answer = Ranking.normalised(attempt.draft().output());
            if (!seen.contains(answer)) {
                seen.add(answer);
                int votes = Ranking.votes(attempts, attempt.draft());
                second = Math.max(second, Math.min(first, votes));
                first = Math.max(first, votes);
            }
        }
        return first > second + left;
    }

    /** Whether a critic is still to be heard about an attempt that the verifiers, if any, have seen. */
    boolean hears(Attempt attempt) {
        if (!attempt.adopted() || attempt.critiques().size() >= plan.critics().size()) {
            return false;
        }
        if (attempt.failed()) {
            return !sampling() && round() < plan.policy().rounds();
        }
        return !plan.verified() || plan.policy().acceptance().critics() == Critics.ALWAYS;
    }

    int focus() {
        return onLatest() || unseen(attempts.getLast()) ? attempts.size() - 1 : base(attempts, start().strategy());
    }

    /** Whether the latest attempt is looked at, whatever is found out about it. */
    boolean onLatest() {
        return attempts.size() == 1 || round() > 0 || sampling();
    }

    /** The last of several samples is looked at as those before it were. */
    private boolean unseen(Attempt last) {
        return start().strategy() == Strategy.BEST_OF
                && ((plan.verified() && last.checks() == null) || (!last.failed() && hears(last)));
    }

    static int base(List<Attempt> attempts, Strategy start) {
        for (int i = attempts.size() - 1; i >= 0 && attempts.get(i).round() > 0; i--) {
            if (attempts.get(i).adopted()) {
                return i;
            }
        }
        int first = attempts.size();
        while (first > 0 && attempts.get(first - 1).round() > 0) {
            first--;
        }
        return Ranking.best(attempts, first, start);
    }

    /** A correction answers what a person wanted, too. */
    LoopState adding(Attempt attempt, Spend spend) {
        Reviewing now = attempt.round() > round() ? reviewing.over() : reviewing;
        List<Attempt> all = Lists.plus(attempts, attempt);
        List<Spend> spent = Spend.add(ledger, spend);
        return new LoopState(task, plan, lessons, all, spent, stop, now);
    }

    LoopState with(int index, Attempt attempt) {
        return new LoopState(task, plan, lessons, Lists.set(attempts, index, attempt), ledger, stop, reviewing);
    }

    LoopState with(int index, Attempt attempt, @Nullable Spend spend) {
        List<Spend> spent = spend == null ? ledger : Spend.add(ledger, spend);
        return new LoopState(task, plan, lessons, Lists.set(attempts, index, attempt), spent, stop, reviewing);
    }

    LoopState with(@Nullable Spend spend) {
        return spend == null
                ? this
                : new LoopState(task, plan, lessons, attempts, Spend.add(ledger, spend), stop, reviewing);
    }

    LoopState with(Reviewing now) {
        return new LoopState(task, plan, lessons, attempts, ledger, stop, now);
    }

    /** Ended, or, where the policy has a person decide before, waiting for that. */
    LoopState stopped(StopReason reason, String detail) {
        Stop reached = new Stop(reason, detail);
        return Reviewing.asks(this, reason) ? with(new Reviewing(reached, null, reviewing.waited())) : ended(reached);
    }

    LoopState ended(Stop reached) {
        return new LoopState(task, plan, lessons, attempts, ledger, reached, reviewing.over());
    }

    private Start start() {
        return plan.policy().start();
    }
}
