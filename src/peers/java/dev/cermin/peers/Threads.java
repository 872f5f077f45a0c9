package dev.cermin.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The same work, so many at once. */
final class Threads {
    private Threads() {}

    /** How many a second were done. */
    static double perSecond(int times, int atOnce, Runnable work) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(times);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < atOnce; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        work.run();
                    }
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The work failed", failure.get());
        }
        return times / ((System.nanoTime() - begin) / 1e9);
    }
}
