package dev.cermin.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The records that a lane keeps for later. What is over a limit in number or bytes is to be sent to the end of the topic,
 * so that neither memory nor the records behind it depend on how long something is away. Where nothing else succeeds
 * meanwhile, that is done ever less often: then what lies behind is most likely of the same kind. Not thread-safe.
 *
 * @param <T> the lane's own
 */
final class Waiting<T> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int most;
    private final long mostBytes;
    private final TreeSet<Entry<T>> entries =
            new TreeSet<>(Comparator.<Entry<T>, Instant>comparing(Entry::due).thenComparingLong(Entry::number));
    private long bytes;
    private long added;
    private Duration pause = SHORTEST;
    private Instant nextRelief = Instant.MIN;

    /** @param number by which those that are due at the same time come in order */
    record Entry<T>(T own, Instant due, long size, long number) {}

    Waiting(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** @param size of the record, in bytes */
    void add(T own, Instant due, long size) {
        entries.add(new Entry<>(own, due, size, added++));
        bytes += size;
    }

    int size() {
        return entries.size();
    }

    /** Whether nothing more is to be fetched: what comes may have to wait, too. */
    boolean full() {
        return entries.size() >= most || bytes >= mostBytes;
    }

    /** Those whose time has come, so many at most; they wait no longer. */
    List<T> due(Instant now, int atMost) {
        List<T> due = new ArrayList<>();
        while (due.size() < atMost
                && !entries.isEmpty()
                && !entries.first().due().isAfter(now)) {
            due.add(remove(entries.first()).own());
        }
        return due;
    }

    /** A time, or less where one is due before. */
    Duration within(Duration most, Instant now) {
        if (entries.isEmpty() || !entries.first().due().isBefore(now.plus(most))) {
            return most;
        }
        Duration left = Duration.between(now, entries.first().due());
        // one that is due and not begun waits for a place, which is told of
        return left.isPositive() ? left : most;
    }

    /** The time of those that are meant has come. */
    void hurry(Predicate<T> which, Instant now) {
        for (Entry<T> entry : take(which)) {
            add(entry.own(), now, entry.size());
        }
    }

    /** Those that are meant, whenever they are due. */
    List<Entry<T>> take(Predicate<T> which) {
        List<Entry<T>> taken =
                entries.stream().filter(entry -> which.test(entry.own())).toList();
        taken.forEach(this::remove);
        return taken;
    }

    /** Something was done: what lies behind is worth a look soon. */
    void progressed(Instant now) {
        pause = SHORTEST;
        if (nextRelief.isAfter(now.plus(pause))) {
            nextRelief = now.plus(pause);
        }
    }

    /** What is to be sent to the end: half of them, those that wait longest, where it is full and time for it. */
    List<Entry<T>> relief(Instant now) {
        if (!full() || now.isBefore(nextRelief)) {
            return List.of();
        }
        List<Entry<T>> sent = new ArrayList<>();
        while ((entries.size() > most / 2 || bytes > mostBytes / 2)
                && entries.last().due().isAfter(now)) {
            sent.add(remove(entries.last()));
        }
        nextRelief = now.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return sent;
    }

    private Entry<T> remove(Entry<T> entry) {
        entries.remove(entry);
        bytes -= entry.size();
        return entry;
    }
}
