package dev.cermin.flow;

import dev.cermin.flow.Underway.Begun;
import dev.cermin.flow.Underway.Handled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Whatever is read is begun, in that order. */
final class OpenGate implements Gate {
    private final List<Begun> read = new ArrayList<>();

    @Override
    public int readAtOnce(int concurrency) {
        return concurrency;
    }

    @Override
    public void add(Begun begun) {
        read.add(begun);
    }

    @Override
    public List<Begun> open(int places) {
        List<Begun> all = List.copyOf(read);
        read.clear();
        return all;
    }

    @Override
    public List<Handled> settled() {
        return List.of();
    }

    @Override
    public Handled ended(Handled handled) {
        return handled;
    }

    @Override
    public boolean wasOpened(Begun begun) {
        return true;
    }

    @Override
    public void left(Begun begun) {
        // it is read again
    }

    @Override
    public boolean isFull(int running, int concurrency) {
        return running >= concurrency;
    }

    @Override
    public Duration patience(Duration most, int places) {
        return most;
    }

    @Override
    public void keepOnly(Predicate<Begun> ours) {
        read.removeIf(ours.negate());
    }

    @Override
    public void close() {
        read.clear();
    }
}
