package dev.cermin.dispatch;

import dev.cermin.model.CallForbiddenException;
import dev.cermin.model.DispatchingChatModel.Answer;
import dev.cermin.model.Failure;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Question;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.smallrye.faulttolerance.core.retry.ExponentialBackOff;
import io.smallrye.faulttolerance.core.retry.RandomJitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            long most = last
                    ? deadline.left()
                    : Math.min(deadline.left(), rules.maxWait().toNanos());
            if (wait > 0 && !Waits.slept(replica, wait, most, tries)) {
                return null;
            }
            Breaker.Turn turn = replica.breaker().turn();
            if (turn == null) {
                // it opened meanwhile, or another call tries whether it is well again
                tries.down(isDown());
                failed.add(replica);
                continue;
            }
            Limiter.Permit permit = Waits.permit(replica, turn, question, most - wait, tries);
            if (permit == null) {
                return null;
            }
            Race.Finish finish = call(new Attempt(replica, turn, permit), question, deadline, tries);
            if (finish.failure() == null) {
                if (replicas.all().size() > 1) {
                    tries.note(finish.by().shown() + " answered");
                }
                return new Answer(finish.by().model(), response(finish));
            }
            if (!mayPass(finish, tries)) {
                return null;
            }
            failed.add(finish.by());
        }
        return null;
    }

    private RuntimeException isDown() {
        Health.LastFailure cause = replicas.all().getFirst().health().lastFailure();
        return new InternalServerException(
                "%s is not asked: its circuit breaker is open, and lets one call try it again after %s%s"
                        .formatted(
                                name,
                                Words.time(rules.breaker().delay()),
                                cause == null ? "" : "; the last failure was " + cause.message()));
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
            request = request(replica, question);
            begun = true;
        } catch (NotMadeException e) {
            return new Race.Finish(replica, null, e.reason);
        } finally {
            if (!begun) {
                attempt.giveBack();
            }
        }
        Duration hedgeAfter = rules.hedgeAfter();
        if (hedgeAfter != null) {
            return new Race(deadline)
                    .run(new Race.Entry(attempt, request), hedgeAfter, () -> second(replica, question, tries));
        }
        try {
            return new Race.Finish(replica, attempt.run(request, deadline), null);
        } catch (RuntimeException e) {
            return new Race.Finish(replica, null, e);
        }
    }

    /** A replica that can't even be made. */
    private static final class NotMadeException extends Exception {
        private final transient RuntimeException reason;

        NotMadeException(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static ChatRequest request(Replica replica, Question question) throws NotMadeException {
        try {
            replica.model();
        } catch (RuntimeException e) {
            throw new NotMadeException(replica.secrets().hidden(e));
        }
        return question.request(replica.model());
    }

    /** Another replica where there is one, else the same; only where no limit keeps it waiting. */
    private Race.@Nullable Entry second(Replica first, Question question, Tries tries) {
        Replica other = replicas.pick(List.of(first));
        Breaker.Turn turn = other == null ? null : other.breaker().turn();
        if (other == null || turn == null) {
            return null;
        }
        Limiter.Permit permit = null;
        boolean begun = false;
        try {
            permit = other.limiter().acquire(question.tokens(), 0).permit();
            if (permit == null) {
                return null;
            }
            ChatRequest request = request(other, question);
            begun = true;
            tries.note("%s has not answered within %s; %s is asked too"
                    .formatted(
                            first.shown(), Words.time(rules.hedgeAfter()), other.equals(first) ? "it" : other.shown()));
            return new Race.Entry(new Attempt(other, turn, permit), request);
        } catch (CallForbiddenException e) {
            tries.note("%s has not answered; no second call is allowed: %s".formatted(first.shown(), e.getMessage()));
            return null;
        } catch (NotMadeException e) {
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
        Failure told = Secrets.failure(thrown);
        tries.failed(finish.by(), told, thrown);
        return told.kind().passing();
    }
}
