package dev.cermin.flow;

import dev.cermin.run.StepInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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

/**
 * The records that a lane has begun, each on a virtual thread of its own, and those of them that have ended. The lane's
 * own thread uses it.
 */
final class Underway implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Underway.class);

    private final String lane;
    private final Places places;
    private final LaneHandler handler;
    private final Runnable onEnd;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Begun, Future<?>> running = new ConcurrentHashMap<>();
    private final Queue<Handled> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Begun> handedBack = new ConcurrentLinkedQueue<>();

    /**
     * A record that was begun.
     *
     * @param own the progress that it is part of: another one, once its partition went to another worker and came back
     */
    record Begun(ConsumerRecord<String, byte[]> record, Progress own) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    /** What a record led to. */
    record Handled(Begun begun, List<ProducerRecord<String, byte[]>> out) {}

    /** @param onEnd is told on the record's thread that it has ended */
    Underway(String lane, Places places, LaneHandler handler, Runnable onEnd) {
        this.lane = lane;
        this.places = places;
        this.handler = handler;
        this.onEnd = onEnd;
    }

    void begin(Begun begun) {
        running.put(begun, threads.submit(() -> handle(begun)));
    }

    private void handle(Begun begun) {
        ConsumerRecord<String, byte[]> record = begun.record();
        try (Place place = places.enter(lane)) {
            handled.add(new Handled(begun, Messages.publishable(record, handler.handle(record, place))));
        } catch (InterruptedException | StepInterruptedException e) {
            // by us, who give it up; else the step is begun again
            LOG.debugf("A step of %s is handed back: %s", record.key(), e.getMessage());
            handedBack.add(begun);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "A step of %s could not be handled", record.key());
            handled.add(new Handled(begun, List.of(Messages.deadLetter(record, e.toString()))));
        }
        onEnd.run();
    }

    /** How many run, or have ended and were not taken yet. */
    int size() {
        return running.size();
    }

    boolean hasEnded() {
        return !handled.isEmpty();
    }

    /** Those that have ended since the last time. */
    List<Handled> takeEnded() {
        List<Handled> ended = new ArrayList<>();
        for (Handled next = handled.poll(); next != null; next = handled.poll()) {
            running.remove(next.begun());
            ended.add(next);
        }
        return ended;
    }

    /** Begins anew those that were interrupted, where they are still ours. */
    void beginHandedBack(Predicate<Begun> ours) {
        for (Begun again = handedBack.poll(); again != null; again = handedBack.poll()) {
            if (ours.test(again)) {
                begin(again);
            }
        }
    }

    /** Gives up what is not ours any more. */
    void keepOnly(Predicate<Begun> ours) {
        running.forEach((begun, step) -> {
            if (!ours.test(begun)) {
                step.cancel(true);
                running.remove(begun);
            }
        });
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
