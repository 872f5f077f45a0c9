package dev.cermin.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The items of one pass, several under way at a time. An item that fails is kept back until another succeeds: so many in a
 * row are no failures of theirs but an outage, and are asked again when the run goes on.
 */
final class Items implements AutoCloseable {
    private static final int OUTAGE = 5;

    private final Semaphore room;
    private final @Nullable Integer outage;
    private final Method method;
    private final Journal journal;
    private final EvaluationListener listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int parallel;
    private final List<Failed> failed = new ArrayList<>();
    private boolean anyAnswered;
    private @Nullable Throwable thrown;

    private record Failed(Item item, Answered answered) {}

    /** @param outage so many in a row; null: the default, or all where there are fewer and none succeeds */
    Items(int parallel, @Nullable Integer outage, Method method, Journal journal, EvaluationListener listener) {
        this.parallel = parallel;
        this.room = new Semaphore(parallel);
        this.outage = outage;
        this.anyAnswered = journal.answered(method);
        this.method = method;
        this.journal = journal;
        this.listener = listener;
    }

    /** Waits for room. */
    void submit(Item item, Callable<Answered> work) throws InterruptedException {
        room.acquire();
        rethrow();
        var unused = threads.submit(() -> {
            try {
                ended(item, work.call());
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
            if (!failed.isEmpty() && !anyAnswered && outage == null) {
                throw outage();
            }
            settle();
        }
    }

    /** Once there is an outage, answers that were under way still count, and failures are left to be asked again. */
    private synchronized void ended(Item item, Answered answered) {
        if (!failed(answered)) {
            anyAnswered = true;
            if (thrown == null) {
                settle();
            }
            tell(item, answered);
        } else if (thrown == null) {
            failed.add(new Failed(item, answered));
            if (failed.size() >= (outage == null ? OUTAGE : outage)) {
                note(outage());
            }
        }
    }

    /** Because of a model: the loop failed, also where a draft was there, or came to no draft at all. */
    private static boolean failed(Answered answered) {
        return answered.stop().equals("failed")
                || (answered.fault() != null && !answered.stop().equals(Evaluation.UNSCORED));
    }

    private void settle() {
        failed.forEach(one -> tell(one.item(), one.answered()));
        failed.clear();
    }

    private void tell(Item item, Answered answered) {
        journal.add(item.id(), method, answered);
        listener.done(item, method, answered);
    }

    private OutageException outage() {
        return new OutageException(
                "%d items in a row failed, the last with: %s%nWhat was done before is kept: the same run goes on from there"
                        .formatted(failed.size(), reason(failed.getLast().answered())));
    }

    private static String reason(Answered answered) {
        return answered.fault() == null ? "the loop failed after a draft" : answered.fault();
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
