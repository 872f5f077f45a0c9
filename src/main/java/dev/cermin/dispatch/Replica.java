package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import dev.cermin.model.Limits;
import dev.cermin.model.Model;
import dev.cermin.model.OutOfTimeException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** One engine or endpoint behind a model's name. Thread-safe. */
final class Replica {
    private static final System.Logger LOG = System.getLogger(Replica.class.getName());
    /** Of the newest answer in the mean: it follows a change within about ten. */
    private static final double WEIGHT = 0.2;

    private final String model;
    private final String place;
    private final Rules rules;
    private final Secrets secrets;
    private final Alarms alarms;
    private final Breaker breaker;
    private final Limiter limiter;
    private final Engine engine;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    /** Lost updates only make the mean a little older. */
    private volatile double meanNanos = Double.NaN;

    private volatile Health.@Nullable LastFailure lastFailure;
    private volatile long pausedUntil = System.nanoTime();

    /**
     * @param place of several, which; empty for the only one
     * @param maker makes the model when it is first called
     */
    Replica(String model, String place, Rules rules, Secrets secrets, Supplier<Model> maker, Alarms alarms) {
        this.model = model;
        this.place = place;
        this.rules = rules;
        this.secrets = secrets;
        this.alarms = alarms;
        this.limiter = new Limiter(rules.limits());
        this.breaker = new Breaker(shown(), rules.breaker(), this::sign, alarms);
        this.engine = new Engine(shown(), maker, rules.breaker().delay());
    }

    /** For notes: the model, and where there are several replicas, which. */
    String shown() {
        return place.isEmpty() ? model : model + " at " + place;
    }

    String place() {
        return place;
    }

    Limiter limiter() {
        return limiter;
    }

    Breaker breaker() {
        return breaker;
    }

    /** Calls under way and waiting, in relation to what it takes at once. */
    double load() {
        return (inFlight.get() + limiter.waiting()) / (double) Math.max(1, limiter.concurrency());
    }

    /** Calls that one more would have to wait for. */
    int queue() {
        return limiter.waiting() + (limiter.full() ? 1 : 0);
    }

    /** NaN before the first answer. */
    double meanNanos() {
        return meanNanos;
    }

    /** How long it asked to be left alone, in nanoseconds from now; 0 or less where it may be called. */
    long pause() {
        return pausedUntil - System.nanoTime();
    }

    Engine engine() {
        return engine;
    }

    /**
     * Makes one call, without regard for limits.
     *
     * @param turn the breaker's leave
     * @throws OutOfTimeException where the deadline ended it
     * @throws RuntimeException what it failed with, without secrets
     */
    ChatResponse call(Breaker.Turn turn, ChatRequest request, Deadline deadline) {
        long begun = System.nanoTime();
        long left = deadline.left();
        boolean byDeadline = rules.streamed() || left < rules.timeout().toNanos();
        calls.increment();
        inFlight.incrementAndGet();
        try {
            Model target = engine.within(left);
            ChatResponse response = breaker.call(
                    turn,
                    () -> alarms.within(
                            byDeadline ? Math.max(1, left) : rules.timeout().toNanos(),
                            () -> target.chat().chat(request),
                            () -> late(byDeadline, begun)));
            answered(System.nanoTime() - begun);
            return response;
        } catch (CircuitBreakerOpenException e) {
            throw e;
        } catch (OutOfTimeException e) {
            if (hung(System.nanoTime() - begun)) {
                failed(new Failure(Failure.Kind.TIMEOUT, null), e);
            }
            throw e;
        } catch (RuntimeException e) {
            RuntimeException clean = secrets.hidden(e);
            if (!Interrupted.behind(e)) {
                failed(Failure.of(e), clean);
            }
            throw clean;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private RuntimeException late(boolean deadline, long begun) {
        return deadline
                ? new OutOfTimeException("The deadline came before an answer of %s, which was asked %s before"
                        .formatted(shown(), Words.time(System.nanoTime() - begun)))
                : new TimeoutException("%s gave no answer within %s".formatted(shown(), Words.time(rules.timeout())));
    }

    private void answered(long nanos) {
        double mean = meanNanos;
        meanNanos = Double.isNaN(mean) ? nanos : mean + WEIGHT * (nanos - mean);
    }

    private void failed(Failure failure, RuntimeException clean) {
        failures.increment();
        lastFailure = new Health.LastFailure(failure.kind(), Words.message(clean), Instant.now());
        Duration wanted = failure.retryAfter();
        if (wanted != null && wanted.isPositive()) {
            pausedUntil = System.nanoTime()
                    + Math.min(wanted.toNanos(), Duration.ofDays(1).toNanos());
        }
        if (breaker.state() == Health.State.OPEN) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Model {0} is left alone for {1}: of its last {2} calls too many failed, the last with: {3}",
                    shown(),
                    Words.time(rules.breaker().delay()),
                    rules.breaker().requestVolumeThreshold(),
                    Words.message(clean));
        }
    }

    /** What a failure says of the replica: whether it is its own, not the request's, nor the asker's. */
    private Breaker.Sign sign(RuntimeException thrown, long nanos) {
        if (thrown instanceof OutOfTimeException) {
            return hung(nanos) ? Breaker.Sign.ILL : Breaker.Sign.NONE;
        }
        if (Interrupted.behind(thrown)) {
            return Breaker.Sign.NONE;
        }
        return switch (Failure.of(thrown).kind()) {
            case UNAVAILABLE, TIMEOUT, MALFORMED, AUTHENTICATION, NOT_FOUND -> Breaker.Sign.ILL;
            // what is unknown may be the request's: an engine in process refuses a prompt that is too long
            case RATE_LIMIT, REFUSED, INVALID, UNKNOWN -> Breaker.Sign.WELL;
        };
    }

    /** Whether a call that the deadline ended had time enough; of a streamed one its silences tell. */
    private boolean hung(long nanos) {
        return !rules.streamed() && nanos > rules.timeout().toNanos() / 2;
    }

    Health health() {
        double mean = meanNanos;
        return new Health(
                model,
                place,
                breaker.state(),
                inFlight.get(),
                limiter.waiting(),
                calls.sum(),
                failures.sum(),
                Double.isNaN(mean) ? null : Duration.ofNanos((long) mean),
                lastFailure);
    }

    Limits limits() {
        return rules.limits();
    }

    /** For the failure of a check, which comes as it is. */
    Secrets secrets() {
        return secrets;
    }
}
