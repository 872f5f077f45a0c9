package dev.cermin.dispatch;

import dev.cermin.model.OutOfTimeException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two calls at most, of which the first answer counts; the other is interrupted. Used once, by one thread. */
final class Race {
    /**
     * How a call ended.
     *
     * @param response null where it failed, or where the model returned null
     */
    record Finish(
            Replica by,
            @Nullable ChatResponse response,
            @Nullable RuntimeException failure) {}

    /** The second call, where one can be made at once. */
    interface Second {
        @Nullable
        Entry begin();
    }

    record Entry(Attempt attempt, ChatRequest request) {}

    private final Deadline deadline;
    private final BlockingQueue<Finish> finishes = new LinkedBlockingQueue<>();
    private final List<Thread> running = new ArrayList<>(2);

    Race(Deadline deadline) {
        this.deadline = deadline;
    }

    /** The first answer; where both fail, the last failure. */
    Finish run(Entry first, Duration hedgeAfter, Second second) {
        try {
            start(first);
            Finish finish = finishes.poll(hedgeAfter.toNanos(), TimeUnit.NANOSECONDS);
            if (finish == null) {
                Entry other = second.begin();
                if (other != null) {
                    start(other);
                }
                finish = next();
                if (finish.failure() != null && other != null) {
                    finish = next();
                }
            }
            return finish;
        } catch (InterruptedException e) {
            throw Interrupted.from(e);
        } finally {
            running.forEach(Thread::interrupt);
        }
    }

    /** A model that heeds no interrupt is not waited for beyond the deadline. */
    private Finish next() throws InterruptedException {
        Finish finish = finishes.poll(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
        if (finish == null) {
            finish = finishes.poll(100, TimeUnit.MILLISECONDS);
        }
        if (finish == null) {
            throw new OutOfTimeException("The deadline came before an answer");
        }
        return finish;
    }

    private void start(Entry entry) {
        running.add(Thread.ofVirtual().name("cermin-hedge").start(() -> finishes.add(run(entry))));
    }

    private Finish run(Entry entry) {
        Replica by = entry.attempt().replica();
        try {
            return new Finish(by, entry.attempt().run(entry.request(), deadline), null);
        } catch (RuntimeException e) {
            return new Finish(by, null, e);
        } catch (Error e) {
            // told to the asker, whose thread it would have ended
            return new Finish(by, null, new IllegalStateException(e));
        }
    }
}
