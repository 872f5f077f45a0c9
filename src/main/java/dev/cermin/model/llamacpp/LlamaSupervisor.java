package dev.cermin.model.llamacpp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a llama-server running: starts it, waits until it has loaded its model, starts it again when it dies, ever more
 * slowly, and ends it when closed, or when this JVM ends in whatever way. Thread-safe.
 */
final class LlamaSupervisor implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final int LINES = 12;

    /**
     * @param name of the model, for messages
     * @param startTimeout for loading the model
     * @param backoff before the second start; doubled with each that fails
     * @param longestBackoff the most that it grows to
     * @param progress gets a sentence now and then
     */
    record Settings(
            String name, Duration startTimeout, Duration backoff, Duration longestBackoff, Consumer<String> progress) {}

    private final LlamaCommand command;
    private final Settings settings;
    private final @Nullable String apiKey;
    private final ServerLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable ServerProcess running;
    private @Nullable URI ready;
    private String state = "it has not been started";
    private boolean closed;

    private LlamaSupervisor(LlamaCommand command, Settings settings, @Nullable String apiKey, ServerLog log) {
        this.command = command;
        this.settings = settings;
        this.apiKey = apiKey;
        this.log = log;
    }

    /** @throws LlamaServerException where the first start fails; the message has the end of the server's log */
    static LlamaSupervisor start(LlamaCommand command, Settings settings, @Nullable String apiKey, ServerLog log) {
        if (!Files.isExecutable(command.binary())) {
            throw new LlamaServerException(
                    "There is no program %s to start for model '%s': give the path of a llama-server"
                            .formatted(command.binary(), settings.name()));
        }
        if (!Files.isReadable(command.model())) {
            throw new LlamaServerException("There is no file %s to load for model '%s': give the path of a GGUF file"
                    .formatted(command.model(), settings.name()));
        }
        LlamaSupervisor supervisor = new LlamaSupervisor(command, settings, apiKey, log);
        try {
            supervisor.startOnce();
        } catch (InterruptedException e) {
            supervisor.close();
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted while llama-server started");
        } catch (LlamaServerException e) {
            supervisor.close();
            throw e;
        }
        Thread.ofPlatform().daemon().name("cermin-llama-" + settings.name()).start(supervisor::keep);
        return supervisor;
    }

    /**
     * Where it listens; waits while it is starting again.
     *
     * @throws LlamaServerException where it isn't back in that time
     */
    URI url(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (ready == null) {
                if (closed) {
                    throw new IllegalStateException(
                            "Model '%s' is closed. Build a new one.".formatted(settings.name()));
                }
                if (left <= 0) {
                    throw new LlamaServerException("llama-server of model '%s' is not running: %s. Its log is %s"
                            .formatted(settings.name(), state, log.file()));
                }
                left = changed.awaitNanos(left);
            }
            return ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted while it waited for llama-server");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        ServerProcess process;
        lock.lock();
        try {
            closed = true;
            ready = null;
            process = running;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (process != null) {
            process.stop();
        }
    }

    private void startOnce() throws InterruptedException {
        long begin = System.nanoTime();
        ServerProcess process;
        try {
            process = ServerProcess.start(command, apiKey, log);
        } catch (IOException e) {
            throw new LlamaServerException(
                    "%s can't be started for model '%s': %s".formatted(command.binary(), settings.name(), e), e);
        }
        if (!adopt(process)) {
            process.stop();
            return;
        }
        LlamaClient client = new LlamaClient(process.url(), apiKey);
        Duration told = Duration.ZERO;
        while (client.health() != LlamaClient.Health.READY) {
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            if (!process.alive()) {
                throw failed("ended with code %d before it was ready".formatted(process.await()));
            }
            if (passed.compareTo(settings.startTimeout()) > 0) {
                process.stop();
                throw failed("was not ready after %d s".formatted(passed.toSeconds()));
            }
            if (passed.minus(told).compareTo(TELL) > 0) {
                told = passed;
                tell("loads its model, %d s so far".formatted(passed.toSeconds()));
            }
            Thread.sleep(LOOK);
        }
        tell("is ready at %s after %.1f s".formatted(process.url(), (System.nanoTime() - begin) / 1e9));
        set(process.url(), "it runs");
    }

    /** Whether it is wanted still. */
    private boolean adopt(ServerProcess process) {
        lock.lock();
        try {
            running = process;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private LlamaServerException failed(String how) {
        return new LlamaServerException("llama-server of model '%s' %s. The end of its log, %s:%n%s"
                .formatted(settings.name(), how, log.file(), log.tail(LINES)));
    }

    private void set(@Nullable URI url, String what) {
        lock.lock();
        try {
            ready = closed ? null : url;
            state = what;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        Duration wait = settings.backoff();
        try {
            while (!isClosed()) {
                ServerProcess process = current();
                long begin = System.nanoTime();
                int code = process == null ? -1 : process.await();
                if (isClosed()) {
                    return;
                }
                if (process != null) {
                    process.stop(); // whatever it left behind
                }
                if (Duration.ofNanos(System.nanoTime() - begin).compareTo(settings.longestBackoff()) > 0) {
                    wait = settings.backoff();
                }
                wait = again("it ended with code " + code, wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration again(String why, Duration first) throws InterruptedException {
        Duration wait = first;
        String reason = why;
        while (!isClosed()) {
            set(null, reason);
            tell("is not running: %s; it is started again in %d ms".formatted(reason, wait.toMillis()));
            if (sleep(wait)) {
                return wait;
            }
            wait = wait.multipliedBy(2).compareTo(settings.longestBackoff()) > 0
                    ? settings.longestBackoff()
                    : wait.multipliedBy(2);
            try {
                startOnce();
                return wait;
            } catch (LlamaServerException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        return wait;
    }

    /** Whether it was closed meanwhile. */
    private boolean sleep(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ServerProcess current() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void tell(String what) {
        settings.progress().accept("llama-server of model '%s' %s".formatted(settings.name(), what));
    }
}
