package dev.cermin.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How many slots of an engine work at once, by what its answers say of their own time. Looks at the engine would come late
 * just when it is held up. Answers may be added by any thread, the rest is one thread's.
 */
final class SlotTime {
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private double worked;
    private double passed;

    private record Span(long from, long until) {
        long within(long begin, long end) {
            return Math.max(0, Math.min(until, end) - Math.max(from, begin));
        }
    }

    /**
     * Adds an answer.
     *
     * @param came when, by {@link System#nanoTime}
     * @param took of its slot
     */
    void add(long came, Duration took) {
        spans.add(new Span(came - took.toNanos(), came));
    }

    /** Counts the time between two, by {@link System#nanoTime}; answers until now are of no use after it. */
    void count(long begin, long end) {
        for (Span span : spans) {
            worked += span.within(begin, end);
        }
        passed += end - begin;
        spans.clear();
    }

    /** Slots that worked, in the mean of the time that was counted; NaN without any. */
    double mean() {
        return worked / passed;
    }
}
