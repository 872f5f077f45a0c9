package dev.cermin;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Task;
import dev.cermin.run.Conversation;
import dev.cermin.run.Execution;
import dev.cermin.run.Runner;
import dev.cermin.run.StepContext;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One task of an agent, under way or done. Thread-safe. */
public final class Run {
    private final Runner runner;
    private final Task task;
    private final Memory memory;
    private final List<Recalled> lessons;
    private final @Nullable Conversation conversation;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    /** The last step: readers follow it back to the first, and no one is waited for. */
    private final AtomicReference<@Nullable Kept> steps = new AtomicReference<>();

    private volatile Runner.@Nullable Ended ended;
    /** The thread to interrupt; null before the loop and after it. Guarded by the outcome, which nobody else has. */
    private @Nullable Thread thread;

    private volatile @Nullable String cancelledBy;

    private record Kept(Execution step, @Nullable Kept before) {}

    Run(Runner runner, Task task, Memory memory, @Nullable Conversation conversation) {
        this.runner = runner;
        this.task = task;
        this.memory = memory;
        this.lessons = memory.recall(task);
        this.conversation = conversation;
    }

    /** The task's id. */
    public UUID id() {
        return task.id();
    }

    /**
     * Waits for the end, whatever becomes of the waiting thread; {@link #future()} can be waited for with a timeout.
     *
     * @throws NoDraftException where there is no draft at all
     */
    public Outcome outcome() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Completes with the outcome, or with a {@link NoDraftException}. Cancelling it does not cancel the run. */
    public CompletableFuture<Outcome> future() {
        CompletableFuture<Outcome> own = new CompletableFuture<>();
        told(own);
        return own;
    }

    private void told(CompletableFuture<Outcome> other) {
        var unused = outcome.whenComplete((result, failure) -> {
            if (failure == null) {
                other.complete(result);
            } else {
                other.completeExceptionally(failure);
            }
        });
    }

    /**
     * Ends the loop with the best draft so far: the model, the tool or the verifier at work is interrupted, and no call is
     * begun after it. One that doesn't heed the interrupt is waited for. After the end nothing changes any more.
     */
    public void cancel() {
        cancel("the caller");
    }

    void cancel(String by) {
        synchronized (outcome) {
            if (cancelledBy == null) {
                cancelledBy = by;
            }
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /**
     * The steps so far, hash-chained as they would be stored. A trace of a finished run verifies, replays, and ends with
     * the outcome; with {@link AgentBuilder#redaction}, with that outcome redacted.
     *
     * @throws IllegalStateException without {@code io.github.erdtman:java-json-canonicalization} on the class path
     */
    public List<TraceStep> trace() {
        // the end first: behind it no step is added
        Runner.Ended end = ended;
        Deque<Execution> done = new ArrayDeque<>();
        for (Kept kept = steps.getAcquire(); kept != null; kept = kept.before()) {
            done.addFirst(kept.step());
        }
        try {
            Tracer tracer = new Tracer("in-process").redacting(memory.redaction());
            List<TraceStep> trace = new ArrayList<>();
            LoopState start = LoopState.start(task, runner.agent().plan(), lessons);
            trace.add(tracer.submitted(start, task.createdAt()));
            for (Execution step : done) {
                trace.add(tracer.executed(task.id(), TraceHead.after(trace.getLast()), step, 1));
            }
            if (end != null) {
                trace.add(tracer.finished(end.state(), TraceHead.after(trace.getLast()), end.at()));
            }
            return trace;
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "A trace takes io.github.erdtman:java-json-canonicalization on the class path; missing is "
                            + e.getMessage(),
                    e);
        }
    }

    /** Runs it in a virtual thread. */
    Run begun(@Nullable Consumer<LoopEvent> listener) {
        Thread.ofVirtual().name("cermin-" + task.id()).start(() -> {
            try {
                go(listener, true);
            } catch (Throwable e) {
                // told by the future
            }
        });
        return this;
    }

    /**
     * Runs it here and now.
     *
     * @param listener of what happens; null for nobody
     * @param owned whether the thread is there for this run alone, so that to cancel is to interrupt it
     */
    Outcome go(@Nullable Consumer<LoopEvent> listener, boolean owned) {
        try {
            Outcome result = loop(listener, owned).outcome();
            if (result.best() == null) {
                throw new NoDraftException(result);
            }
            memory.learn(task, result);
            if (listener != null) {
                listener.accept(new LoopEvent.Finished(result));
            }
            outcome.complete(result);
            return result;
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
            throw e;
        }
    }

    private LoopState loop(@Nullable Consumer<LoopEvent> listener, boolean owned) {
        Events events = listener == null ? null : new Events(listener);
        StepContext context = new StepContext(conversation, () -> cancelled(owned));
        if (owned) {
            synchronized (outcome) {
                thread = Thread.currentThread();
            }
        }
        try {
            Runner.Ended end = runner.run(task, lessons, context, this::add, events == null ? null : events::tell);
            ended = end;
            return end.state();
        } finally {
            if (owned) {
                synchronized (outcome) {
                    thread = null;
                    // it was interrupted only to be cancelled: what follows is not to be disturbed
                    Thread.interrupted();
                }
            }
        }
    }

    /** By the thread of the loop alone. */
    private void add(Execution step) {
        // readers need whole steps, no full fence, which is dear beside the rest of a step
        steps.setRelease(new Kept(step, steps.getPlain()));
    }

    private @Nullable String cancelled(boolean owned) {
        String by = cancelledBy;
        return by == null && !owned && Thread.currentThread().isInterrupted() ? "an interrupt of its thread" : by;
    }
}
