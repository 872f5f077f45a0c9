package dev.cermin.flow;

import dev.cermin.run.StepInterruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The records that a lane has begun, each on a virtual thread of its own, and those of them that have ended. The lane's
 * own thread uses it.
 */
final class Underway implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Underway.class);
    /** Of a record whose handler throws what it shouldn't. */
    private static final int ATTEMPTS = 3;

    private static final Duration AFTER_A_DEFECT = Duration.ofMillis(200);

    private final String lane;
    private final Places places;
    private final LaneHandler handler;
    private final Runnable onRoom;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Begun, Future<?>> running = new ConcurrentHashMap<>();
    private final Set<Begun> elsewhere = ConcurrentHashMap.newKeySet();
    private final Queue<Handled> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Begun> handedBack = new ConcurrentLinkedQueue<>();
    private final Queue<Postponed> postponed = new ConcurrentLinkedQueue<>();

    /**
     * A record that was begun.
     *
     * @param own the progress that it is part of: another one, once its partition went to another worker and came back
     */
    record Begun(ConsumerRecord<String, byte[]> record, Progress own, Attempts attempts) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }

        /** Whether it failed or waited here: whoever reads the record anew knows nothing of it. */
        boolean knowsMore() {
            return !attempts.equals(Attempts.of(record.headers()));
        }
    }

    /** One that is to be begun again. */
    record Postponed(Begun begun, Attempts next, Instant due) {
        Begun again() {
            return new Begun(begun.record(), begun.own(), next);
        }
    }

    /** What a record led to. */
    record Handled(Begun begun, List<ProducerRecord<String, byte[]>> out) {}

    /** @param onRoom is told on a record's thread that it has ended, or has left this lane for another */
    Underway(String lane, Places places, LaneHandler handler, Runnable onRoom) {
        this.lane = lane;
        this.places = places;
        this.handler = handler;
        this.onRoom = onRoom;
    }

    void begin(Begun begun) {
        running.put(begun, threads.submit(() -> handle(begun)));
    }

    private void handle(Begun begun) {
        ConsumerRecord<String, byte[]> record = begun.record();
        try (Place place = places.enter(lane, () -> leave(begun))) {
            handled.add(
                    new Handled(begun, Messages.publishable(record, handler.handle(record, begun.attempts(), place))));
        } catch (InterruptedException | StepInterruptedException e) {
            // by us, who give it up; else the step is begun again
            LOG.debugf("A step of %s is handed back: %s", record.key(), e.getMessage());
            handedBack.add(begun);
        } catch (LaterException e) {
            LOG.debugf("A step of %s waits %d ms: %s", record.key(), e.delay().toMillis(), e.reason());
            postpone(begun, e.kind(), e.delay());
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "A step of %s could not be handled at attempt %d",
                    record.key(),
                    begun.attempts().number());
            if (isLast(begun.attempts())) {
                var letter = Messages.deadLetter(record, e.toString(), begun.attempts(), e);
                handled.add(new Handled(begun, List.of(letter)));
            } else {
                postpone(begun, LaterException.Kind.FAILED, AFTER_A_DEFECT);
            }
        }
        onRoom.run();
    }

    /** It runs on in another lane's place, and holds up nobody here. */
    private void leave(Begun begun) {
        elsewhere.add(begun);
        onRoom.run();
    }

    /** Whether a handler that throws what it shouldn't isn't asked again. */
    static boolean isLast(Attempts attempts) {
        return attempts.number() >= ATTEMPTS;
    }

    private void postpone(Begun begun, LaterException.Kind kind, Duration delay) {
        Instant now = Instant.now();
        Attempts next = switch (kind) {
            case FAILED -> begun.attempts().failedAt(now);
            case HELD -> begun.attempts().heldAt(now);
            case UNREAD -> begun.attempts();
        };
        postponed.add(new Postponed(begun, next, now.plus(delay)));
    }

    /** Those that are to be begun again, since the last time. */
    List<Postponed> takePostponed() {
        List<Postponed> all = new ArrayList<>();
        for (Postponed next = postponed.poll(); next != null; next = postponed.poll()) {
            forget(next.begun());
            all.add(next);
        }
        return all;
    }

    /** Those that are meant, of those that run: they are given up, and what they lead to is not asked for. */
    List<Begun> takeRunning(Predicate<Begun> which) {
        List<Begun> taken = running.keySet().stream().filter(which).toList();
        taken.forEach(begun -> giveUp(begun, running.get(begun)));
        return taken;
    }

    /** How many run, wherever, or have ended and were not taken yet. */
    int size() {
        return running.size();
    }

    /** How many of them are in this lane. */
    int here() {
        return running.size() - elsewhere.size();
    }

    boolean hasEnded() {
        return !handled.isEmpty() || !postponed.isEmpty();
    }

    /** Those that have ended since the last time. */
    List<Handled> takeEnded() {
        List<Handled> ended = new ArrayList<>();
        for (Handled next = handled.poll(); next != null; next = handled.poll()) {
            forget(next.begun());
            ended.add(next);
        }
        return ended;
    }

    /** Begins anew those that were interrupted, where they are still ours. */
    void beginHandedBack(Predicate<Begun> ours) {
        for (Begun again = handedBack.poll(); again != null; again = handedBack.poll()) {
            elsewhere.remove(again);
            if (ours.test(again)) {
                begin(again);
            }
        }
    }

    /** Gives up what is not ours any more. */
    void keepOnly(Predicate<Begun> ours) {
        running.forEach((begun, step) -> {
            if (!ours.test(begun)) {
                giveUp(begun, step);
            }
        });
    }

    private void giveUp(Begun begun, @Nullable Future<?> step) {
        if (step != null) {
            step.cancel(true);
        }
        forget(begun);
    }

    private void forget(Begun begun) {
        running.remove(begun);
        elsewhere.remove(begun);
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
