package dev.cermin.dispatch;

import dev.cermin.model.CallForbiddenException;
import dev.cermin.model.DispatchingChatModel.Answer;
import dev.cermin.model.Failure;
import dev.cermin.model.Model;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Question;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.smallrye.faulttolerance.core.retry.ExponentialBackOff;
import io.smallrye.faulttolerance.core.retry.RandomJitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** One model and its replicas: whichever has least to do is asked, and on failures that may pass, another. Thread-safe. */
final class Pool {
    private static final int FIRST_DELAY_MILLIS = 500;
    private static final int JITTER_MILLIS = 200;
    private static final int LONGEST_DELAY_MILLIS = 30_000;

    private final String name;
    private final String provider;
    private final Rules rules;
    private final Replicas replicas;

    Pool(String name, String provider, Rules rules, List<Replica> replicas) {
        this.name = name;
        this.provider = provider;
        this.rules = rules;
        this.replicas = new Replicas(replicas);
    }

    String name() {
        return name;
    }

    String provider() {
        return provider;
    }

    Rules rules() {
        return rules;
    }

    Replicas replicas() {
        return replicas;
    }

    /**
     * Asks till one answers or trying again is no use; null where none does.
     *
     * @param last whether no other model follows: then a call may wait as long as the deadline allows
     */
    @Nullable
    Answer ask(Question question, Deadline deadline, Tries tries, boolean last) {
        List<Replica> failed = new ArrayList<>(0);
        ExponentialBackOff delays = null;
        for (int attempt = 0; attempt <= rules.retries(); attempt++) {
            Replica replica = replicas.pick(failed);
            if (replica == null) {
                tries.down(isDown());
                return null;
            }
            long wait = Math.max(0, replica.pause());
            if (failed.contains(replica)) {
                delays = delays == null ? delays() : delays;
                wait = Math.max(wait, delays.getInMillis(null) * 1_000_000);
            }
            Patience patience = Patience.of(deadline, last, rules);
            if (wait > 0 && !Waits.slept(replica, wait, patience, tries)) {
                return null;
            }
            RuntimeException unready = unready(replica, patience, last);
            if (unready != null) {
                boolean elsewhere = last || replicas.all().size() > 1;
                if (!mayPass(new Race.Finish(replica, null, unready), tries) || !elsewhere) {
                    return null;
                }
                failed.add(replica);
                continue;
            }
            Breaker.Turn turn = replica.breaker().turn();
            if (turn == null) {
                // it opened meanwhile, or another call tries whether it is well again
                tries.down(isDown());
                failed.add(replica);
                continue;
            }
            Limiter.Permit permit = Waits.permit(replica, turn, question, patience, tries);
            if (permit == null) {
                return null;
            }
            Race.Finish finish = call(new Attempt(replica, turn, permit), question, deadline, tries);
            if (finish.failure() == null) {
                if (replicas.all().size() > 1) {
                    tries.note(finish.by().shown() + " answered");
                }
                return new Answer(model(finish.by()), response(finish));
            }
            if (!mayPass(finish, tries)) {
                return null;
            }
            failed.add(finish.by());
        }
        return null;
    }

    /** Why a replica can't be called yet, or at all; null where it can. */
    private @Nullable RuntimeException unready(Replica replica, Patience patience, boolean last) {
        if (replica.engine().made() != null) {
            return null;
        }
        long most = (last ? rules.timeout() : rules.maxWait()).toNanos();
        long left = patience.left();
        try {
            replica.engine().within(Math.min(left, most));
            return null;
        } catch (TimeoutException e) {
            return patience.deadline() && left < most
                    ? new OutOfTimeException("The deadline came before an answer: " + e.getMessage())
                    : replica.secrets().hidden(e);
        } catch (RuntimeException e) {
            return replica.secrets().hidden(e);
        }
    }

    /** Of the replicas that are not called, the one that failed last says why. */
    private RuntimeException isDown() {
        Health.State state = Health.State.OPEN;
        Health.LastFailure cause = null;
        for (Replica replica : replicas.all()) {
            Health health = replica.health();
            if (health.state() == Health.State.HALF_OPEN) {
                state = Health.State.HALF_OPEN;
            }
            Health.LastFailure failure = health.lastFailure();
            if (health.state() != Health.State.CLOSED
                    && failure != null
                    && (cause == null || failure.at().isAfter(cause.at()))) {
                cause = failure;
            }
        }
        return new InternalServerException("%s is not asked: its circuit breaker is %s%s"
                .formatted(
                        name,
                        state == Health.State.OPEN
                                ? "open, and lets one call try it again after "
                                        + Words.time(rules.breaker().delay())
                                : "half-open, and another call tries it",
                        cause == null ? "" : "; the last failure was " + cause.message()));
    }

    /** Of a replica that has answered. */
    private static Model model(Replica replica) {
        return Objects.requireNonNull(replica.engine().made());
    }

    private static ExponentialBackOff delays() {
        return new ExponentialBackOff(FIRST_DELAY_MILLIS, 2, new RandomJitter(JITTER_MILLIS), LONGEST_DELAY_MILLIS);
    }

    @SuppressWarnings("NullAway")
    private static ChatResponse response(Race.Finish finish) {
        // what returns null is told to the asker as it is
        return finish.response();
    }

    private Race.Finish call(Attempt attempt, Question question, Deadline deadline, Tries tries) {
        Replica replica = attempt.replica();
        ChatRequest request;
        boolean begun = false;
        try {
            if (deadline.left() <= 0) {
                throw new OutOfTimeException("The deadline is past");
            }
            request = question.request(model(replica));
            begun = true;
        } finally {
            if (!begun) {
                attempt.giveBack();
            }
        }
        Duration hedgeAfter = rules.hedgeAfter();
        if (hedgeAfter != null) {
            replicas.all().forEach(other -> other.engine().begin());
            return new Race(deadline)
                    .run(new Race.Entry(attempt, request), hedgeAfter, () -> second(replica, question, tries));
        }
        try {
            return new Race.Finish(replica, attempt.run(request, deadline), null);
        } catch (RuntimeException e) {
            return new Race.Finish(replica, null, e);
        }
    }

    /** Another replica where there is one, else the same; only where nothing keeps it waiting. */
    private Race.@Nullable Entry second(Replica first, Question question, Tries tries) {
        Replica other = replicas.pick(List.of(first));
        if (other == null || other.pause() > 0 || other.engine().made() == null) {
            return null;
        }
        Breaker.Turn turn = other.breaker().turn();
        if (turn == null) {
            return null;
        }
        Limiter.Permit permit = null;
        boolean begun = false;
        try {
            permit = other.limiter().acquire(question.tokens(), 0).permit();
            if (permit == null) {
                return null;
            }
            ChatRequest request = question.request(model(other));
            begun = true;
            tries.note("%s has not answered within %s; %s is asked too"
                    .formatted(
                            first.shown(), Words.time(rules.hedgeAfter()), other.equals(first) ? "it" : other.shown()));
            return new Race.Entry(new Attempt(other, turn, permit), request);
        } catch (CallForbiddenException e) {
            tries.note("%s has not answered; no second call is allowed: %s".formatted(first.shown(), e.getMessage()));
            return null;
        } catch (InterruptedException e) {
            throw Interrupted.from(e);
        } finally {
            if (!begun) {
                turn.close();
                if (permit != null) {
                    permit.close();
                }
            }
        }
    }

    /** Whether the same call may succeed later. */
    private boolean mayPass(Race.Finish finish, Tries tries) {
        RuntimeException thrown = finish.failure();
        if (thrown == null) {
            return true;
        }
        if (thrown instanceof OutOfTimeException || Interrupted.behind(thrown)) {
            throw thrown;
        }
        if (thrown instanceof CircuitBreakerOpenException) {
            // it opened between the choice and the call
            tries.down(isDown());
            return true;
        }
        Failure told = Failure.of(thrown);
        tries.failed(finish.by(), told, thrown);
        return told.kind().passing();
    }
}
