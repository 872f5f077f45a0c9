package dev.cermin.tune.select;

import dev.cermin.tune.select.Teacher.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A stage that asks the teacher, several samples under way at a time. One that fails is kept back until another succeeds:
 * so many in a row are no fault of theirs but an outage, and are asked again when the selection goes on.
 */
final class Asking implements AutoCloseable {
    private static final int OUTAGE = 5;

    private final int parallel;
    private final @Nullable Integer outage;
    private final Semaphore room;
    private final Journal<Asked> journal;
    private final Runnable told;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> failed = new ArrayList<>();
    private boolean answered;
    private @Nullable Throwable thrown;

    /**
     * @param outage so many in a row; null: 5, or all where there are fewer and none succeeds
     * @param answered whether the teacher is known to answer
     */
    Asking(int parallel, @Nullable Integer outage, Journal<Asked> journal, boolean answered, Runnable told) {
        this.parallel = parallel;
        this.outage = outage;
        this.room = new Semaphore(parallel);
        this.journal = journal;
        this.answered = answered;
        this.told = told;
    }

    /** Waits for room. */
    void submit(Callable<Answer> work) throws InterruptedException {
        room.acquire();
        rethrow();
        var unused = threads.submit(() -> {
            try {
                ended(work.call());
            } catch (Throwable e) {
                note(e);
            } finally {
                room.release();
            }
        });
    }

    /** Waits for the last one. */
    void finish() throws InterruptedException {
        room.acquire(parallel);
        rethrow();
        synchronized (this) {
            if (!failed.isEmpty() && !answered && outage == null) {
                throw outage();
            }
            settle();
        }
    }

    private synchronized void ended(Answer answer) {
        if (answer.failed()) {
            failed.add(answer.asked());
            if (failed.size() >= (outage == null ? OUTAGE : outage)) {
                throw outage();
            }
            return;
        }
        answered = true;
        settle();
        tell(answer.asked());
    }

    private void settle() {
        failed.forEach(this::tell);
        failed.clear();
    }

    private void tell(Asked asked) {
        journal.add(asked);
        told.run();
    }

    private OutageException outage() {
        return new OutageException(
                "%d samples in a row failed, the last with: %s%nWhat was done before is kept: the same selection goes on from there"
                        .formatted(failed.size(), failed.getLast().fault()));
    }

    private synchronized void note(Throwable e) {
        if (thrown == null) {
            thrown = e;
        }
    }

    private synchronized void rethrow() throws InterruptedException {
        switch (thrown) {
            case null -> {}
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
