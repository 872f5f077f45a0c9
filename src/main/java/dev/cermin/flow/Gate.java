package dev.cermin.flow;

import dev.cermin.flow.Underway.Begun;
import dev.cermin.flow.Underway.Handled;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** When a lane begins what it has read, and in which order. The lane's own thread uses it, for one session. */
interface Gate extends AutoCloseable {
    /** Makes one for a session; the lane is woken where something may be opened. */
    @FunctionalInterface
    interface Maker {
        Gate open(Runnable wake);
    }

    /** How many records are read at once. */
    int readAtOnce(int concurrency);

    /** A record that was read, and wasn't done before. */
    void add(Begun begun);

    /** Those that are to be begun now. */
    List<Begun> open(int places);

    /** Those that need no doing, with what they led to, since the last time. */
    List<Handled> settled();

    /** One that has ended, as it is to be published. */
    Handled ended(Handled handled);

    /** Whether it was let through before, and is only to be begun again. */
    boolean wasOpened(Begun begun);

    /** It is not begun after all, and comes again. */
    void left(Begun begun);

    /** Whether no more is to be read. */
    boolean isFull(int running, int concurrency);

    /** How long nothing is to be opened or published, if nothing happens; at most that long. */
    Duration patience(Duration most, int places);

    /** What is not ours any more is forgotten. */
    void keepOnly(Predicate<Begun> ours);

    @Override
    void close();
}
