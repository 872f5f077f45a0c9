package dev.cermin.flow;

import dev.cermin.flow.LaterException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one lane needs and finds away, by name: models, receivers. After some failures in a row nothing more is tried with
 * it but one call at a time, ever less often, until that succeeds; what needs something else goes on. Thread-safe.
 */
final class Outages {
    private static final Logger LOG = Logger.getLogger(Outages.class);
    private static final int FAILURES = 3;
    private static final Duration SPREAD = Duration.ofMillis(200);
    /** Names that something is known of; tasks may name any number of receivers. */
    private static final int REMEMBERED = 1_000;

    private final String lane;
    private final String what;
    private final int atOnce;
    private final Retry retry;
    private final Clock clock;
    private final Map<String, Needed> all = new ConcurrentHashMap<>();
    private volatile Runnable back = () -> {};

    /**
     * @param lane whose it is, for the log
     * @param what they are, for the log: {@code model}
     * @param atOnce so many calls of one of them at the same time
     */
    Outages(String lane, String what, int atOnce, Retry retry, Clock clock) {
        this.lane = lane;
        this.what = what;
        this.atOnce = atOnce;
        this.retry = retry;
        this.clock = clock;
    }

    /** @param heard runs whenever something is back */
    void onReturn(Runnable heard) {
        back = heard;
    }

    /** The names of what is away, with the reason. */
    Map<String, String> away() {
        Map<String, String> away = new TreeMap<>();
        all.forEach((name, needed) -> needed.reason().ifPresent(reason -> away.put(name, reason)));
        return away;
    }

    int count() {
        return away().size();
    }

    /**
     * Leave to call; to be closed.
     *
     * @throws LaterException where it is away and not to be tried yet, or has enough to do
     */
    Turn enter(String name) {
        if (all.size() >= REMEMBERED && !all.containsKey(name)) {
            forgetOne();
        }
        AtomicReference<Turn> turn = new AtomicReference<>();
        all.compute(name, (same, known) -> {
            Needed needed = known == null ? new Needed(name) : known;
            turn.set(needed.enter());
            return needed;
        });
        return Objects.requireNonNull(turn.get());
    }

    /** The one that nobody has asked for the longest time, of those that nobody calls now. */
    private void forgetOne() {
        all.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().entered()))
                .ifPresent(oldest ->
                        all.computeIfPresent(oldest.getKey(), (name, needed) -> needed.busy() ? needed : null));
    }

    private void close(String name, Turn turn) {
        all.computeIfPresent(name, (same, needed) -> needed.close(turn) ? null : needed);
    }

    /** One call. Closed without a word, it says nothing of what was called. */
    interface Turn extends AutoCloseable {
        void well();

        /** It was away. */
        void ill(String reason);

        @Override
        void close();
    }

    private final class Needed {
        private final String name;
        private int inFlight;
        private int failures;
        private int probes;
        private @Nullable Turn probe;
        private @Nullable Instant since;
        private Instant next = Instant.MIN;
        private String reason = "";
        private Instant entered = Instant.MIN;

        Needed(String name) {
            this.name = name;
        }

        synchronized Optional<String> reason() {
            return since == null ? Optional.empty() : Optional.of(reason + ", since " + since);
        }

        synchronized Turn enter() {
            Instant now = clock.instant();
            if (since != null && (probe != null || now.isBefore(next))) {
                Duration left = now.isBefore(next) ? Duration.between(now, next) : retry.delay();
                throw later("%s '%s' is away: %s".formatted(what, name, reason), left);
            }
            if (inFlight >= atOnce) {
                throw later("%s '%s' has %d calls in flight".formatted(what, name, inFlight), SPREAD);
            }
            inFlight++;
            entered = now;
            Turn turn = new Call();
            if (since != null) {
                probe = turn;
            }
            return turn;
        }

        /** Not all at the same moment. */
        private LaterException later(String why, Duration least) {
            long spread = ThreadLocalRandom.current().nextLong(1, SPREAD.toMillis());
            return new LaterException(Kind.HELD, why, least.plusMillis(spread));
        }

        synchronized void well() {
            failures = 0;
            if (since != null) {
                LOG.infof("%s goes on: %s '%s' is back, away since %s", lane, what, name, since);
                since = null;
                back.run();
            }
        }

        /** Those that were under way already say nothing new of what is known to be away. */
        synchronized void ill(Turn turn, String why) {
            if (since != null) {
                if (turn.equals(probe)) {
                    reason = why;
                    next = clock.instant().plus(retry.after(++probes));
                }
                return;
            }
            if (++failures < FAILURES) {
                return;
            }
            since = clock.instant();
            reason = why;
            probes = 1;
            Duration wait = retry.after(probes);
            next = since.plus(wait);
            LOG.warnf(
                    "%s pauses for %s '%s', away %d times in a row: %s. One call at a time tries it, the next in %d ms",
                    lane, what, name, failures, why, wait.toMillis());
        }

        /** Whether nothing is to be known of it any more. */
        synchronized boolean close(Turn turn) {
            inFlight--;
            if (turn.equals(probe)) {
                probe = null;
            }
            return inFlight == 0 && failures == 0 && since == null;
        }

        synchronized boolean busy() {
            return inFlight > 0;
        }

        synchronized Instant entered() {
            return busy() ? Instant.MAX : entered;
        }

        private final class Call implements Turn {
            @Override
            public void well() {
                Needed.this.well();
            }

            @Override
            public void ill(String why) {
                Needed.this.ill(this, why);
            }

            @Override
            public void close() {
                Outages.this.close(name, this);
            }
        }
    }
}
