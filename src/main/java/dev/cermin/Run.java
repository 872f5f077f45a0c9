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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One task of an agent, under way or done. Thread-safe. */
public final class Run {
    private final Runner runner;
    private final Task task;
    private final List<Recalled> lessons;
    private final @Nullable Conversation conversation;
    private final List<Execution> steps = new ArrayList<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile @Nullable String cancelledBy;
    private volatile @Nullable Thread thread;
    private @Nullable LoopState end;
    private @Nullable Instant endedAt;

    Run(Runner runner, Task task, List<Recalled> lessons, @Nullable Conversation conversation) {
        this.runner = runner;
        this.task = task;
        this.lessons = lessons;
        this.conversation = conversation;
    }

    public UUID id() {
        return task.id();
    }

    /**
     * Waits for the end.
     *
     * @throws NoDraftException where there is no draft at all
     */
    public Outcome outcome() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Completes with the outcome, or with a {@link NoDraftException}. Cancelling it does not cancel the run. */
    public CompletableFuture<Outcome> future() {
        return outcome.copy();
    }

    /** Ends the loop with the best draft so far: the model call under way is interrupted, and none is begun after it. */
    public void cancel() {
        cancel("the caller");
    }

    void cancel(String by) {
        cancelledBy = by;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /**
     * The steps so far, hash-chained as they would be stored; needs {@code java-json-canonicalization} on the class path.
     * A trace of a finished run verifies, replays, and ends with the outcome.
     */
    public List<TraceStep> trace() {
        List<Execution> done;
        LoopState last;
        Instant ended;
        synchronized (steps) {
            done = List.copyOf(steps);
            last = end;
            ended = endedAt;
        }
        Tracer tracer = new Tracer("in-process");
        List<TraceStep> trace = new ArrayList<>();
        LoopState start = LoopState.start(task, runner.agent().plan(), lessons);
        trace.add(tracer.submitted(start, task.createdAt()));
        for (Execution step : done) {
            trace.add(tracer.executed(task.id(), TraceHead.after(trace.getLast()), step, 1));
        }
        if (last != null && ended != null) {
            trace.add(tracer.finished(last, TraceHead.after(trace.getLast()), ended));
        }
        return trace;
    }

    /** Runs it in a virtual thread. */
    Run begun(Consumer<LoopEvent> listener) {
        thread = Thread.ofVirtual().name("cermin-" + task.id()).start(() -> {
            try {
                go(listener, true);
            } catch (RuntimeException e) {
                // told by the future
            }
        });
        return this;
    }

    /** Runs it here and now. */
    Outcome go(Consumer<LoopEvent> listener, boolean owned) {
        try {
            Events events = listener.equals(NOBODY) ? null : new Events(listener);
            StepContext context = new StepContext(conversation, () -> cancelled(owned));
            LoopState last = runner.run(task, lessons, context, (step, state) -> {
                synchronized (steps) {
                    steps.add(step);
                }
                if (events != null) {
                    events.tell(step, state);
                }
            });
            synchronized (steps) {
                end = last;
                endedAt = runner.clock().instant();
            }
            Outcome result = last.outcome();
            if (result.best() == null) {
                throw new NoDraftException(result);
            }
            if (events != null) {
                listener.accept(new LoopEvent.Finished(result));
            }
            outcome.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
            throw e;
        }
    }

    static final Consumer<LoopEvent> NOBODY = event -> {};

    private @Nullable String cancelled(boolean owned) {
        String by = cancelledBy;
        if (by != null && owned) {
            // it was interrupted only to be cancelled: what follows is not to be disturbed
            Thread.interrupted();
        }
        return by;
    }
}
