package dev.cermin.tune.select;

import dev.cermin.tune.select.Teacher.Answer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A stage that asks the teacher, several samples under way at a time. */
final class Asking implements AutoCloseable {
    private final int parallel;
    private final Semaphore room;
    private final HeldBack<Asked> answers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Throwable thrown;

    /** @param answers takes them, under this object's lock */
    Asking(int parallel, HeldBack<Asked> answers) {
        this.parallel = parallel;
        this.room = new Semaphore(parallel);
        this.answers = answers;
    }

    /** Waits for room, or until a task ends it. */
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

    /** Waits for the last one, or until a task ends it. */
    void finish() throws InterruptedException {
        room.acquire(parallel);
        rethrow();
        synchronized (this) {
            answers.end();
        }
    }

    private synchronized void ended(Answer answer) {
        if (thrown != null) {
            // the stage is over, and its failures are to be asked again; the trace of this one is kept
            return;
        }
        try {
            switch (answer.how()) {
                case ANSWERED -> answers.succeeded(answer.asked());
                case FAILED ->
                    answers.failed(answer.asked(), String.valueOf(answer.asked().fault()));
                case NOT_ASKED -> answers.apart(answer.asked());
            }
        } catch (RuntimeException e) {
            // before another answer can come
            note(e);
        }
    }

    private synchronized void note(Throwable e) {
        if (thrown == null) {
            thrown = e;
            // nobody waits for tasks that may hang as the teacher does
            room.release(parallel);
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
